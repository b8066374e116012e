using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P8 and P11.</summary>
public sealed class NoFalseDoneTests : IDisposable
{
    private readonly Stage _stage = new();

    public NoFalseDoneTests()
    {
        _stage.Say(Stage.Thread(), 0, id: "m1", text: "Where did we park?");
        _stage.Say(Stage.Thread(), 1, id: "m2", text: new string('x', 300));
        _stage.Time.Advance(TimeSpan.FromHours(5));
    }

    public static TheoryData<string, IReadOnlyList<float[]>> BadVectors()
    {
        var good = MemoryRecords.Vector("good");
        return new()
        {
            { "zero", [new float[MemoryRecords.Dimensions], good, good] },
            { "no number", [good, good, [.. good[..^1], float.NaN]] },
            { "infinite", [good, [.. good[..^1], float.PositiveInfinity], good] },
            { "too short", [good[..^1], good, good] },
            { "too long", [good, good, [.. good, 1]] },
            { "empty", [[], good, good] },
            { "too few vectors", [good] },
            { "no vector", [] },
            { "too many vectors", [good, good, good, good, good] },
            { "vectors that cancel each other out", [good, [.. good.Select(x => -x)], good, [.. good.Select(x => -x)]] },
        };
    }

    public static TheoryData<string, WrittenMemory> BadWritings() => new()
    {
        { "no citation", Writing(citations: []) },
        { "a message of another conversation", Writing(citations: [new() { MessageId = "m9" }]) },
        { "words that were not said", Writing(citations: [new() { MessageId = "m1", Quote = "Where did we walk?" }]) },
        { "words of another message", Writing(citations: [new() { MessageId = "m2", Quote = "park" }]) },
        { "words in another case", Writing(citations: [new() { MessageId = "m1", Quote = "where" }]) },
        { "a fact of another conversation", Writing(facts: [new() { Text = "x", Citations = [new() { MessageId = "m1" }, new() { MessageId = "M1" }] }]) },
        { "a fact with words that were not said", Writing(facts: [new() { Text = "x", Citations = [new() { MessageId = "m1", Quote = "parked" }] }]) },
    };

    public void Dispose() => _stage.Dispose();

    [Theory]
    [MemberData(nameof(BadVectors), DisableDiscoveryEnumeration = true)]
    public async Task A_vector_that_a_search_could_not_use_fails_the_conversation(string what, IReadOnlyList<float[]> vectors)
    {
        _stage.Embedder.First = (texts, _) => texts.Count == 0 ? null : vectors;
        await AssertNothingIsStoredAsync(FailureReasons.Embedding, what);
    }

    [Theory]
    [MemberData(nameof(BadWritings), DisableDiscoveryEnumeration = true)]
    public async Task A_memory_that_cites_what_was_not_said_fails_the_conversation(string what, WrittenMemory written)
    {
        _stage.Writer.First = (_, _) => new(written);
        await AssertNothingIsStoredAsync(FailureReasons.Generation, what);
    }

    [Fact]
    public async Task A_writer_that_fails_or_is_cut_off_fails_the_conversation()
    {
        _stage.Writer.First = (_, _) => throw new GenerationException("The answer was cut off.");
        await AssertNothingIsStoredAsync(FailureReasons.Generation, "cut off");
    }

    [Fact]
    public async Task A_memory_that_the_store_refuses_is_not_done()
    {
        using var plan = new FaultPlan();
        plan.Refuse(typeof(IMemoryStore), nameof(IMemoryStore.UpsertAsync));
        using var engine = _stage.Open(plan);

        var report = await engine.RunAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((1, 0, 1), (report.Read, report.Created, report.Failed[FailureReasons.Store]));
        Assert.Empty(await engine.StoredAsync());
    }

    [Fact]
    public async Task Quotes_that_were_said_are_kept()
    {
        _stage.Writer.First = (_, _) => new(Writing(citations: [new() { MessageId = "m1", Quote = "did we" }]));
        Assert.Equal(1, (await _stage.BackfillAsync()).Created);
    }

    private static WrittenMemory Writing(IReadOnlyList<Citation>? citations = null, IReadOnlyList<Fact>? facts = null) =>
        new() { Summary = "A talk.", Citations = citations ?? [new() { MessageId = "m1" }], Facts = facts ?? [] };

    private async Task AssertNothingIsStoredAsync(string reason, string what)
    {
        var report = await _stage.BackfillAsync();

        Assert.True(report.Failed.GetValueOrDefault(reason) == 1, $"{what}: {string.Join(", ", report.Failed.Keys)}");
        Assert.Equal((1, 0, 0), (report.Read, report.Created, report.Updated));
        Assert.Empty(await _stage.StoredAsync());
        using var engine = _stage.Open();
        var pending = Assert.Single(await engine.State.Pending.ListAsync(source: null, CancellationToken.None));
        Assert.Equal(reason, pending.Reason);
        Assert.False(string.IsNullOrWhiteSpace(pending.Error));
    }
}
