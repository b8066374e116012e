using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Webhook;
using Recollect.Connectors.Webhook.Files;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Webhook;

public sealed class MigrationTests
{
    [Fact]
    public async Task A_team_that_changes_over_is_sent_nothing_again_and_loses_nothing()
    {
        using var place = new MirrorPlace();
        Talk[] talks = [new(), new() { Thread = "1" }, new() { Thread = "10", Start = Talk.Ten.AddDays(1) }];
        place.Leave(MirrorPlace.Memories, [.. talks.Select(talk => talk.Record())]);
        place.Leave(MirrorPlace.Processed, [.. talks.Select(talk => talk.Note())]);
        var source = new ScriptedSource(TimeSpan.FromHours(1));
        var time = new ManualTime(Talk.Ten.AddDays(30));
        foreach (var conversation in talks.Select(talk => talk.Conversation))
        {
            var thread = source.Thread(conversation.Thread with { Source = ScriptedSource.SourceName });
            foreach (var message in conversation.Messages)
            {
                thread.Add(message, time.GetUtcNow());
            }
        }

        var options = Options.Create(place.Options);
        using var client = new WebhookClient(options, time); // nobody listens where it posts
        using var gate = new WebhookGate(options, time);
        using var store = new SqliteMemoryStore(Options.Create(new DataOptions { Root = place.Root }));
        var parts = new EngineParts
        {
            Writer = new WebhookWriter(client, gate, place.Sent, options, time),
            Mirror = new MemoryCronMirror(store, place.Sent, Options.Create(new SourceOptions { Name = ScriptedSource.SourceName }), Options.Create(new DataOptions { Root = place.Root })),
        };
        using var engine = new Engine(place.Root, source, parts, time, new(), new());

        var first = await engine.RunAsync(new() { Mode = RunMode.Backfill });
        Assert.Equal((3, 3, 0), (first.Read, first.Created, first.DeliveriesSent + first.DeliveriesFailed));
        Assert.Equal("Sent before by another program: 3; found again: 3.", Assert.Single(first.Notices));
        Assert.Equal(talks.Select(talk => talk.OldId).Order(StringComparer.Ordinal), place.List(MirrorPlace.Processed).Select(entry => entry.GetProperty("conversationId").GetString()).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(
            talks.Select(talk => System.Text.Json.Nodes.JsonNode.Parse(talk.Record())!.ToJsonString()).Order(StringComparer.Ordinal),
            place.List(MirrorPlace.Memories).Select(entry => System.Text.Json.Nodes.JsonNode.Parse(entry.GetRawText())!.ToJsonString()).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        var before = place.Traces();
        var second = await engine.RunAsync(new() { Mode = RunMode.Backfill });
        Assert.Equal((3, 3), (second.Read, second.Unchanged));
        Assert.Empty(second.Notices);
        Assert.Equal(before, place.Traces());
    }
}
