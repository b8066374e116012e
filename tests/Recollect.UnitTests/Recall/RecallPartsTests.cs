using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

/// <summary>The parts of a score are what the ranking made it of: they sum to it, and each goes with what it comes from.</summary>
public sealed class RecallPartsTests
{
    private const double Exact = 1e-5; // scores are single numbers

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly float[] NoVector = [];

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 4)]
    [InlineData(true, 8)]
    public void They_sum_to_the_score_of_every_conversation(bool isTrained, float lean)
    {
        var set = LabelledConversations.Made();
        var found = new MessageCandidates(set.Messages.Count, set.Messages);
        var embedder = new ScriptedVectors(lean, 0);
        LexicalMatch[] written = [new(set.Messages[0].MemoryId, 3), new("told", 2)];
        foreach (var (text, answers) in set.Questions.Take(40))
        {
            var near = embedder.Find(set.Messages.Select(message => message.MemoryId), answers);
            var evidence = Evidence.Fuse(WordEvidence.Weigh(LexicalQuery.Parse(text, []), found, written), near, new float[ScriptedVectors.Dimensions], isTrained);
            var memories = evidence.Memories(minSimilarity: null).ToArray();
            Assert.InRange(memories.Length, 10, 41);
            Assert.All(memories, memory => Assert.Equal(memory.Value, Sum(evidence.PartsOf(memory.Key)), Exact));
            Assert.All(memories, memory => Assert.All(All(evidence.PartsOf(memory.Key)), part => Assert.InRange(part ?? 0, 0, 1)));
            Assert.Contains(memories, memory => evidence.PartsOf(memory.Key).Vector > 0);
        }
    }

    [Fact]
    public void Without_a_vector_or_a_time_these_take_no_part()
    {
        var evidence = Weigh("piano", [Message("a", 0, "piano"), Message("b", 0, "piano lessons on the piano")], [], [new("c", 1)]);
        Assert.Equal(
            [("a", true, false), ("b", true, false), ("c", false, true)],
            evidence.Memories(null).Select(memory => (memory.Key, evidence.PartsOf(memory.Key).Words > 0, evidence.PartsOf(memory.Key).Written > 0)).Order());
        Assert.All(evidence.Memories(null), memory => Assert.Equal((null, null), (evidence.PartsOf(memory.Key).Vector, evidence.PartsOf(memory.Key).Period)));
        Assert.Equal((null, null), (evidence.PartsOf("c").Words, evidence.PartsOf("c").Recency));
    }

    [Fact]
    public void What_only_the_vectors_know_ranks_by_its_vector()
    {
        var evidence = Weigh("piano", [Message("a", 0, "piano")], [new("far", 0.9, 0, 0)], []);
        var parts = evidence.PartsOf("far");
        Assert.Equal((null, null, null, null), (parts.Words, parts.Written, parts.Period, parts.Recency));
        Assert.Equal(evidence.Memories(null).Single(memory => memory.Key is "far").Value, parts.Vector!.Value, Exact);
    }

    [Fact]
    public void Of_the_same_words_the_newer_has_more_of_recency_and_only_that_tells_them_apart()
    {
        var evidence = Weigh("piano", [Message("old", 0, "piano"), Message("new", 300, "piano")], [], []);
        var (old, late) = (evidence.PartsOf("old"), evidence.PartsOf("new"));
        Assert.Equal(old.Words!.Value, late.Words!.Value, Exact);
        Assert.True(late.Recency > old.Recency + 0.005);
        var scores = evidence.Memories(null).ToDictionary(StringComparer.Ordinal);
        Assert.Equal(scores["new"] - scores["old"], late.Recency!.Value - old.Recency!.Value, Exact);
    }

    [Theory]
    [InlineData("Who teaches me the piano?")]
    [InlineData("Who teaches the piano now?")]
    [InlineData("Wer unterrichtet derzeit am piano?")]
    public void Where_what_is_so_now_is_asked_for_the_newest_wins_over_the_shortest(string question)
    {
        var evidence = Weigh(question, [Message("old", 0, "piano"), Message("between", 50, "piano"), Message("new", 300, "piano and soup")], [], []);
        var scores = evidence.Memories(null).ToDictionary(StringComparer.Ordinal);
        Assert.True(scores["new"] > scores["between"] && scores["between"] > scores["old"]);
        Assert.Equal(0, evidence.PartsOf("old").Recency!.Value, Exact);
        Assert.All(scores, memory => Assert.Equal(memory.Value, Sum(evidence.PartsOf(memory.Key)), Exact));
    }

    [Theory]
    [InlineData("Who teaches the piano?")]
    [InlineData("Who taught me the piano in January 2024?")]
    public void Where_it_is_not_asked_for_the_shortest_wins(string question)
    {
        var evidence = Weigh(question, [Message("old", 0, "piano"), Message("new", 300, "piano and soup")], [], []);
        Assert.Equal("old", evidence.Memories(null).MaxBy(memory => memory.Value).Key);
    }

    [Fact]
    public void What_was_said_in_the_time_that_is_named_has_a_part_of_its_own()
    {
        var evidence = Weigh("piano in February 2024", [Message("january", 0, "piano"), Message("february", 40, "piano")], [], []);
        Assert.Equal(0, evidence.PartsOf("january").Period);
        Assert.InRange(evidence.PartsOf("february").Period!.Value, 0.2, 0.6);
        Assert.All(evidence.Memories(null), memory => Assert.Equal(memory.Value, Sum(evidence.PartsOf(memory.Key)), Exact));
    }

    private static Evidence Weigh(string question, MessageCandidate[] messages, VectorMatch[] near, LexicalMatch[] written) =>
        Evidence.Fuse(WordEvidence.Weigh(LexicalQuery.Parse(question, []), new(messages.Length, messages), written), near, NoVector, isTrained: false);

    private static double?[] All(RecallParts parts) => [parts.Words, parts.Written, parts.Period, parts.Recency, parts.Vector];

    private static double Sum(RecallParts parts) => All(parts).Sum(part => part ?? 0);

    private static MessageCandidate Message(string conversation, int day, string text) => new(conversation, 0, new() { Id = "m", Role = Roles.User, Text = text, SentAt = Start.AddDays(day) });
}
