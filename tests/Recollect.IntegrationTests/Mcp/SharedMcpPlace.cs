using Recollect.IntegrationTests.Web;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

/// <summary>A server without agents, shared by the tests of a class, none of which is to change it.</summary>
public sealed class SharedMcpPlace : IAsyncLifetime
{
    /// <summary>Gets the server.</summary>
    internal McpPlace Place { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Place = await McpPlace.StartAsync(AgentSettings.Limits);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Place.DisposeAsync();
}
