using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using Recollect.Server.Access;
using Recollect.Server.Settings;

namespace Recollect.Server.Mcp;

/// <summary>The Model Context Protocol over standard input and output, for a client on the same machine that started this process.</summary>
internal static partial class McpStdio
{
    /// <summary>Answers until standard input ends.</summary>
    /// <param name="services">The library, connectors, recall, and <see cref="ServerServices.AddMcp"/>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="agent">The agent's name; null for the caller without a key. The one who starts a process on this machine needs no key.</param>
    /// <param name="cancellationToken">Stops answering.</param>
    /// <exception cref="ConfigurationException">There is no such agent.</exception>
    public static async Task RunAsync(IServiceProvider services, Stream input, Stream output, string? agent, CancellationToken cancellationToken)
    {
        var caller = Find(services.GetRequiredService<Agents>(), agent);
        var options = services.GetRequiredService<MemoryServer>().For(caller);
        LogBegun(services.GetRequiredService<ILogger<MemoryServer>>(), caller.Name ?? "nobody in particular", caller.Tenant);
        await using var lines = new McpLines(input, output, services.GetRequiredService<IOptions<ServerOptions>>().Value.MaxRequestBytes, cancellationToken);
        await using var server = McpServer.Create(lines, options, loggerFactory: null, services); // the log of the library may hold people's text
        await server.RunAsync(cancellationToken);
    }

    private static Caller Find(Agents agents, string? agent) => agent is null
        ? Caller.WithoutKey
        : agents.FindByName(agent) ?? throw new ConfigurationException($"There is no agent \"{agent}\" in Server:Agents; \"recollect key new --name {agent}\" makes one.");

    [LoggerMessage(25003, LogLevel.Information, "Answering over standard input and output, as {Agent} of tenant {Tenant}")]
    private static partial void LogBegun(ILogger logger, string agent, string tenant);
}
