using Recollect.IntegrationTests.Web;
using Xunit;

namespace Recollect.IntegrationTests.Server;

/// <summary>A server that has memorised the chats, shared by the tests of a class, none of which is to change what they left.</summary>
public sealed class ServerWithMemories : IAsyncLifetime
{
    /// <summary>Gets the server.</summary>
    internal RunningServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Server = await RunningServer.WithMemoriesAsync(AgentSettings.Limits);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
