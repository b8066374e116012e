using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Recall;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>What lets a memory be found, and what is shown for it.</summary>
public sealed class RecallEvidenceTests : IDisposable
{
    private static readonly Owner Dana = new() { User = "dana" };

    private readonly Stage _stage = new(new() { KeepText = false });

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("the sycamore", "")]
    [InlineData("", "We spoke of a sycamore.")]
    public async Task Without_text_a_memory_is_found_by_a_word_of_its_topics_or_summary_alone(string topic, string summary)
    {
        _stage.Writer.First = (conversation, _) => new(conversation.Thread.Thread is "t3" ? PlainWriter.Write(conversation) with { Summary = summary, Topics = [topic] } : null);
        for (var i = 0; i < 6; i++)
        {
            _stage.Say(Stage.Thread($"t{i}"), 0, text: "A talk of other things.");
        }

        _stage.Time.Advance(TimeSpan.FromHours(5));
        _stage.Embedder.First = (texts, _) => [.. texts.Select(_ => Axis(0))];
        await _stage.BackfillAsync();
        _stage.Embedder.First = (texts, _) => [.. texts.Select(_ => Axis(1))]; // the vectors know nothing
        using var engine = _stage.Open();

        var found = await new RecallEngine(engine.Store, _stage.Embedder, keepsText: false).RecallAsync(new() { Owner = Dana, Text = "Where was the sycamore?" }, CancellationToken.None);

        Assert.Equal("t3", Assert.Single(found).Memory.Thread.Thread);
        Assert.Empty(found[0].Citations);
    }

    [Fact]
    public async Task A_memory_that_the_vectors_alone_know_cites_the_messages_of_its_nearest_chunk()
    {
        using var engine = _stage.Open();
        await engine.Store.InitializeAsync(CancellationToken.None);
        var record = MemoryRecords.Of("a", Dana, [.. Enumerable.Range(0, 6).Select(i => $"message {i}")], [.. Enumerable.Range(0, 6).Select(Axis)]);
        await engine.Store.UpsertAsync(record, [], CancellationToken.None);
        _stage.Embedder.First = (texts, _) => [.. texts.Select(_ => Axis(4))];

        var found = await new RecallEngine(engine.Store, _stage.Embedder).RecallAsync(new() { Owner = Dana, Text = "sycamore" }, CancellationToken.None);

        Assert.Equal("m4", Assert.Single(found).Citations[0].Id);
        Assert.DoesNotContain(found[0].Citations, message => message.Id is "m0");
    }

    [Theory]
    [InlineData("Where did we see the sycamore?")]
    [InlineData("Where did Robin see the sycamore?")] // who wrote is known only after the messages were found
    public async Task A_question_is_embedded_once_whoever_it_names(string question)
    {
        using var engine = _stage.Open();
        await engine.Store.InitializeAsync(CancellationToken.None);
        var record = MemoryRecords.Of("a", Dana, ["The sycamore stands by the river."], [Axis(0)]);
        record = record with { Messages = [record.Messages[0] with { Author = "Robin" }] };
        await engine.Store.UpsertAsync(record, [], CancellationToken.None);
        List<string> embedded = [];
        _stage.Embedder.First = (texts, _) =>
        {
            embedded.AddRange(texts);
            return [.. texts.Select(_ => Axis(0))];
        };

        var found = await new RecallEngine(engine.Store, _stage.Embedder).RecallAsync(new() { Owner = Dana, Text = question }, CancellationToken.None);

        Assert.Single(found);
        Assert.DoesNotContain("Robin", Assert.Single(embedded), StringComparison.Ordinal);
    }

    private static float[] Axis(int number)
    {
        var vector = new float[MemoryRecords.Dimensions];
        vector[number] = 1;
        return vector;
    }
}
