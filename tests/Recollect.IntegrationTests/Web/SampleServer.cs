using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>A server that has memorised the sample chats, with keys for somebody who governs it and somebody who may only look.</summary>
public sealed class SampleServer : IAsyncLifetime
{
    /// <summary>The key of the one who governs.</summary>
    public const string Admin = "key-of-noor";

    /// <summary>The key of the one who may look.</summary>
    public const string Viewer = "key-of-vera";

    /// <summary>Gets the server.</summary>
    internal RunningServer Server { get; private set; } = null!;

    /// <summary>Gets the address of a memory of Dana with facts, of the run, and of a conversation of a bot.</summary>
    internal (string Memory, string Run, string Session) Known { get; private set; }

    /// <summary>Gets the pages: each route with an address and the status that it is answered with.</summary>
    internal IReadOnlyList<(string Route, string Url, int Status)> Pages =>
    [
        ("/", "/", 200),
        ("/doctor", "/doctor", 200),
        ("/forget", "/forget?user=dana", 200),
        ("/memories", "/memories", 200),
        ("/memories", "/memories?user=dana", 200),
        ("/memories", "/memories?user=nobody", 200),
        ("/memories/{id}", Known.Memory, 200),
        ("/memories/{id}", "/memories/nothing?user=dana", 404), // the page of problems
        ("/memories/{id}", "/nowhere", 404), // no page at all
        ("/memories/{id}/facts/{number:int}", Known.Memory.Replace("?", "/facts/1?", StringComparison.Ordinal), 200),
        ("/memories/{id}/forget", Known.Memory.Replace("?", "/forget?", StringComparison.Ordinal), 200),
        ("/runs", "/runs", 200),
        ("/runs/{id}", Known.Run, 200),
        ("/search", "/search", 200),
        ("/search", "/search?query=Which+street+do+I+live+in%3F&user=dana", 200),
        ("/search", "/search?query=xylophone&user=dana", 200),
        ("/sessions", "/sessions", 200),
        ("/sessions/{id}", Known.Session, 200),
        ("/signin", "/signin", 200),
        ("/users", "/users", 200),
    ];

    /// <summary>Gets settings that name the sample chats.</summary>
    internal static KeyValuePair<string, string?> Chats { get; } = new("Sources:Files:Paths:0", Path.Combine(Repository.Root, "samples/chats"));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.WithMemoriesAsync([Chats, .. AgentSettings.Of(0, "noor", Admin, mayAdminister: true), .. AgentSettings.Of(1, "vera", Viewer), .. AgentSettings.Limits]);
        var owner = new Owner { User = "dana" };
        var summary = (await Server.Services.GetRequiredService<IMemoryStore>().ListAsync(owner.Visibility, after: null, 100, CancellationToken.None)).First(memory => string.Equals(memory.Thread.Thread, "flat-hunt", StringComparison.Ordinal));
        var run = Assert.Single(await Server.Services.GetRequiredService<State.IStateStore>().Runs.ListAsync(10, CancellationToken.None));
        await BotSessions.SaveAsync(Server, "now", "dana@example", ["Where is the spare key?", "I think that I left it with Priya."]);
        Known = ($"/memories/{summary.Id}?user=dana", $"/runs/{run.Id}", "/sessions/now");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
