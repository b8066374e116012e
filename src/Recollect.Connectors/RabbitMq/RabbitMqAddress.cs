using System.Net.Security;
using RabbitMQ.Client;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Reads the address of a broker.</summary>
internal static class RabbitMqAddress
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    /// <summary>Says what is wrong with an address, without repeating it: it holds a password.</summary>
    /// <param name="url">The address.</param>
    /// <returns>The end of a sentence; null when nothing is.</returns>
    public static string? WhatIsWrongWith(string url)
    {
        const string Expected = "expected amqp://USER:PASSWORD@HOST:5672 or amqps://…, with special letters of user and password percent-encoded.";
        return string.IsNullOrWhiteSpace(url) ? $"is empty; {Expected}"
            : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0 ? $"is no amqp or amqps address; {Expected}"
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"holds a query or fragment; {Expected}"
            : uri.AbsolutePath.TrimStart('/').Contains('/', StringComparison.Ordinal) ? "has a path of several parts; it is the name of the virtual host, in which / is written %2F."
            : null;
    }

    /// <summary>Names the broker as sentences do.</summary>
    /// <param name="url">The address.</param>
    public static string Name(string url) => WhatIsWrongWith(url) is null && new Uri(url) is var uri ? $"RabbitMQ at {uri.Host}:{Port(uri)}" : "RabbitMQ";

    /// <summary>Makes what connects to the broker. Connections do not mend themselves; their owner makes new ones.</summary>
    /// <param name="options">The settings.</param>
    public static ConnectionFactory Factory(RabbitMqOptions options)
    {
        var uri = new Uri(options.Url);
        var user = uri.UserInfo.Split(':', 2);
        var host = uri.AbsolutePath.TrimStart('/');
        var factory = new ConnectionFactory
        {
            HostName = uri.Host,
            Port = Port(uri),
            VirtualHost = host.Length == 0 ? ConnectionFactory.DefaultVHost : Uri.UnescapeDataString(host),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = Heartbeat,
            RequestedConnectionTimeout = options.Timeout,
            ContinuationTimeout = options.Timeout,
            HandshakeContinuationTimeout = options.Timeout,
        };
        if (uri.UserInfo.Length > 0)
        {
            (factory.UserName, factory.Password) = (Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : string.Empty);
        }

        if (uri.Scheme is "amqps")
        {
            factory.Ssl = new SslOption { Enabled = true, ServerName = uri.Host, AcceptablePolicyErrors = SslPolicyErrors.None };
        }

        return factory;
    }

    private static int Port(Uri uri) => uri.Port > 0 ? uri.Port : uri.Scheme is "amqps" ? 5671 : 5672;
}
