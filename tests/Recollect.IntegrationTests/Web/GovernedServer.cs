using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conversations;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>A server whose memories these tests change, with keys for who governs, who may only look, and who governs another tenant.</summary>
public sealed class GovernedServer : IAsyncLifetime
{
    /// <summary>The key of the one who governs the tenant acme.</summary>
    public const string Stranger = "key-of-ada";

    private readonly string _chats = Path.GetTempFileName();

    /// <summary>Gets the server.</summary>
    internal RunningServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await File.WriteAllLinesAsync(_chats,
        [
            Line("m1", "home", "dana", "I moved to 14 Elm Street in Leeds last week."),
            Line("m2", "home", "dana", "My cat is called Minka and she is seven years old."),
            Line("m1", "music", "dana", "My dog is called Rex & Co and he is three years old."),
            Line("m1", "trip", "omar", "I booked the hotel Miramar in Lisbon for the third of May."),
            Line("m1", "vault", "lena", "The key of the safe lies behind the picture of the harbour."),
            Line("m1", "again", "lukas", "We meet every Monday at the old mill of Harrogate."),
        ]);
        Server = await RunningServer.WithMemoriesAsync(
        [
            new("Sources:Files:Paths:0", _chats), .. AgentSettings.Limits, .. AgentSettings.Of(0, "noor", SampleServer.Admin, mayAdminister: true), .. AgentSettings.Of(1, "vera", SampleServer.Viewer),
            .. AgentSettings.Of(2, "ada", Stranger, tenant: "acme", mayAdminister: true),
        ]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        File.Delete(_chats);
    }

    /// <summary>Gets the memory of a thread.</summary>
    internal async Task<MemoryRecord> MemoryAsync(string user, string thread)
    {
        var store = Server.Services.GetRequiredService<IMemoryStore>();
        var summary = (await store.ListAsync(new Owner { User = user }.Visibility, after: null, 100, CancellationToken.None)).Single(memory => string.Equals(memory.Thread.Thread, thread, StringComparison.Ordinal));
        return Assert.Single(await store.GetAsync([summary.Id], CancellationToken.None));
    }

    /// <summary>Gets what stands in the log of what people did: agent and action of each line.</summary>
    internal async Task<IReadOnlyList<(string? Agent, string? Action)>> AuditAsync() =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(Server.DataRoot, "audit.jsonl"))).Select(static line => JsonElement.Parse(line)).Select(static line => (line.GetProperty("agent").GetString(), line.GetProperty("action").GetString()))];

    private static string Line(string id, string thread, string user, string text) =>
        $$"""{"id":"{{id}}","thread":"{{thread}}","user":"{{user}}","role":"user","name":"{{user}}","text":"{{text}}","sent_at":"2024-01-05T10:0{{id[1]}}:00Z"}""";
}
