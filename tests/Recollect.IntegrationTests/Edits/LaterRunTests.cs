using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance.Servers;
using Recollect.Conversations;
using Recollect.Edits;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Edits;

/// <summary>What was done by hand, after later runs with the writers that people use.</summary>
public sealed class LaterRunTests : IDisposable
{
    private const string Wrong = "I moved to 14 Elm Street in Leeds last week.";
    private const string Right = "I moved to 41 Elm Street in Leeds last week.";
    private const string Cat = "My cat is called Minka and she is seven years old.";

    private readonly ScratchFolder _folder = new();

    private string Chats => Path.Combine(_folder.Path, "talks.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_offline_writer_brings_nothing_back_when_the_conversation_goes_on()
    {
        await SayAsync(Wrong, Cat);
        await using var server = await RunningServer.WithMemoriesAsync([new("Sources:Files:Paths:0", Chats)]);
        var before = await MemoryAsync(server);
        var (wrong, cat) = (FactOf(before, Wrong), FactOf(before, Cat)); // with who said it and when
        Assert.Contains(Wrong, before.Summary, StringComparison.Ordinal);

        await EditAsync(server, before.Id, wrong, wrong.Replace(Wrong, Right, StringComparison.Ordinal));
        var edited = await EditAsync(server, before.Id, cat, replacement: null);
        Assert.Equal(0, (await RunAsync(server)).Updated); // nothing new
        AssertKept(edited);
        AssertKept(await MemoryAsync(server));

        await SayAsync(Wrong, Cat, "We leave for Lisbon on 3 May.");
        var report = await RunAsync(server);

        Assert.Equal((1, 0), (report.Updated, report.Created));
        var after = await MemoryAsync(server);
        AssertKept(after);
        Assert.Equal((before.Id, 3), (after.Id, after.MessageIds.Count));
        Assert.Contains(after.Facts, fact => fact.Text.Contains("Lisbon", StringComparison.Ordinal));
        var found = await server.Services.GetRequiredService<RecallEngine>().RecallAsync(new() { Text = "41 Elm Street", Owner = new() { User = "dana" }, Top = 1 }, CancellationToken.None);
        FactOf(Assert.Single(found).Memory, Right);
        Assert.Equal(1, (await RunAsync(server)).Unchanged);
        Assert.Equal(0, (await server.Services.GetRequiredService<Recollect.Health.StatusReader>().ReadAsync(CancellationToken.None)).Stale);

        void AssertKept(Memory memory)
        {
            FactOf(memory, Right);
            Assert.DoesNotContain(memory.Facts, fact => fact.Text.Contains(Wrong, StringComparison.Ordinal) || fact.Text.Contains(Cat, StringComparison.Ordinal));
            Assert.Contains(Right, memory.Summary, StringComparison.Ordinal);
            Assert.DoesNotContain(Wrong, memory.Summary, StringComparison.Ordinal);
            Assert.DoesNotContain(Cat, memory.Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_model_brings_nothing_back_in_other_words()
    {
        await using var model = await ChatServer.StartAsync();
        model.Script(call => ChatAnswer.Says(Reply("Dana lives at 14 Elm Street in Leeds", "Dana owns a cat called Minka")));
        await SayAsync(Wrong, Cat);
        await using var server = await RunningServer.WithMemoriesAsync(
        [
            new("Sources:Files:Paths:0", Chats), new("Generation:Use", "llm"), new("Generation:Llm:Client", "openai"), new("Generation:OpenAi:Endpoint", model.Url),
            new("Generation:OpenAi:Model", "scripted"), new("Generation:OpenAi:ApiKey", "sk-of-the-tests"),
        ]);
        var id = (await MemoryAsync(server)).Id;
        await EditAsync(server, id, "Dana lives at 14 Elm Street in Leeds", "Dana lives at 41 Elm Street in Leeds");
        await EditAsync(server, id, "Dana owns a cat called Minka", replacement: null);
        var calls = model.Calls.Count;
        Assert.Equal((1, calls), ((await RunAsync(server)).Unchanged, model.Calls.Count)); // an edit is no reason to ask again

        model.Script(call => ChatAnswer.Says(Reply("The user is living at 14 Elm Street, Leeds", "The user owns a cat that is called Minka", "Dana goes to Lisbon")));
        await SayAsync(Wrong, Cat, "We leave for Lisbon on 3 May.");
        Assert.Equal(1, (await RunAsync(server)).Updated);

        var after = await MemoryAsync(server);
        Assert.Equal(["Dana lives at 41 Elm Street in Leeds", "Dana goes to Lisbon"], after.Facts.Select(fact => fact.Text), StringComparer.Ordinal);
        Assert.DoesNotContain("14 Elm", after.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("Minka", after.Data, StringComparison.Ordinal);

        model.Script(call => ChatAnswer.Says(Reply("Dana goes to Lisbon")));
        await SayAsync(Wrong, Cat, "We leave for Lisbon on 4 May.");
        await RunAsync(server);
        Assert.Equal(["Dana goes to Lisbon", "Dana lives at 41 Elm Street in Leeds"], (await MemoryAsync(server)).Facts.Select(fact => fact.Text), StringComparer.Ordinal); // what somebody wrote stays
    }

    private static string FactOf(Memory memory, string words) => Assert.Single(memory.Facts, fact => fact.Text.EndsWith(words, StringComparison.Ordinal)).Text;

    private static string Reply(params string[] facts)
    {
        var items = facts.Select((fact, index) => $$"""{"text":"{{fact}}","message_ids":["m{{(index + 1).ToString(CultureInfo.InvariantCulture)}}"],"quote":null}""");
        return $$"""{"summary":"A talk.","topics":[],"facts":[{{string.Join(',', items)}}],"open_questions":[],"preferences":[]}""";
    }

    private Task SayAsync(params string[] texts) => File.WriteAllLinesAsync(Chats, texts.Select((text, minute) =>
        $$"""{"id":"m{{minute}}","thread":"home","user":"dana","role":"user","text":"{{text}}","sent_at":"2024-01-05T10:0{{minute}}:00Z"}"""));

    private static Task<Memory> EditAsync(RunningServer server, string id, string fact, string? replacement) =>
        server.Services.GetRequiredService<MemoryEditor>().EditAsync(new() { MemoryId = id, Fact = fact, Replacement = replacement, By = "noor" }, CancellationToken.None);

    private static Task<RunReport> RunAsync(RunningServer server) =>
        server.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);

    private static async Task<Memory> MemoryAsync(RunningServer server)
    {
        var store = server.Services.GetRequiredService<IMemoryStore>();
        var summary = Assert.Single(await store.ListAsync(new Owner { User = "dana" }.Visibility, after: null, 5, CancellationToken.None));
        return Assert.Single(await store.GetAsync([summary.Id], CancellationToken.None)).Memory;
    }
}
