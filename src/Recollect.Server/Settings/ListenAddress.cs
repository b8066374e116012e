using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Settings;

/// <summary>A place of this machine to listen on.</summary>
/// <param name="Address">The address; null for <c>localhost</c>, which is the one of IPv4 and that of IPv6.</param>
/// <param name="Port">The port; 0 for any that is free.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    private const string Expected = "it must be http://127.0.0.1:PORT, http://[::1]:PORT or http://localhost:PORT, or with keys http:// and another address; several are parted by semicolons.";

    private static readonly SearchValues<char> NoName = SearchValues.Create(":@[]/?#% ");

    /// <summary>Reads addresses that are parted by semicolons.</summary>
    /// <param name="urls">The addresses.</param>
    /// <param name="hasKeys">Whether callers need a key, so that also other machines may be listened to.</param>
    /// <exception cref="FormatException">One is no address, or one that other machines reach although no key is needed.</exception>
    public static IReadOnlyList<ListenAddress> ParseAll(string urls, bool hasKeys = false)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => Parse(url, hasKeys)).ToArray();
        return addresses.Length > 0 ? addresses : throw new FormatException($"Server:Urls names no address; {Expected}");
    }

    /// <summary>Tells whether a host's name or address is this machine's own, whatever a name server says.</summary>
    public static bool IsLoopback(string host) =>
        IsLocalhost(host) || (IPAddress.TryParse(host, out var address) && IsLoopback(address));

    private static ListenAddress Parse(string url, bool hasKeys)
    {
        if (Split(url) is not { } parsed)
        {
            throw new FormatException($"Server:Urls is \"{url}\"; {Expected}");
        }

        if (!IsLoopback(parsed.Host) && !hasKeys)
        {
            throw new FormatException($"Server:Urls is \"{url}\", but listening beyond this machine needs API keys: make one with \"recollect key new\", or listen on 127.0.0.1 and put a reverse proxy with authentication in front.");
        }

        if (!IsLocalhost(parsed.Host) && !IPAddress.TryParse(parsed.Host, out _))
        {
            throw new FormatException($"Server:Urls is \"{url}\"; to listen on all addresses, write http://0.0.0.0:{parsed.Port} or http://[::]:{parsed.Port}, and else the address itself, not a name.");
        }

        return !IsLocalhost(parsed.Host) ? new(IPAddress.Parse(parsed.Host), parsed.Port)
            : parsed.Port > 0 ? new(null, parsed.Port)
            : new(IPAddress.Loopback, 0); // one free port for two addresses cannot be asked for
    }

    private static BindingAddress? Split(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            var isPlain = address is { IsUnixPipe: false, IsNamedPipe: false, PathBase.Length: 0, Port: >= 0 and <= IPEndPoint.MaxPort }
                && string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase)
                && (IPAddress.TryParse(address.Host, out _) || !address.Host.AsSpan().ContainsAny(NoName));
            return isPlain ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsLocalhost(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.IsLoopback(address) : address.Equals(IPAddress.IPv6Loopback);
}
