using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

public sealed class FusionTests
{
    private static readonly Dictionary<string, float> None = new(StringComparer.Ordinal);

    [Fact]
    public void A_conversation_with_more_good_messages_beats_one_with_a_single_good_one()
    {
        var scores = Fuse([Message("a", 0), Message("b", 0), Message("b", 1)], [1, 1, 0.9f], None, []);
        Assert.Equal(1, scores["b"]);
        Assert.True(scores["a"] < 1);
    }

    [Fact]
    public void A_conversation_over_which_the_words_are_spread_beats_one_that_has_some_of_them()
    {
        MessageCandidate[] messages = [Message("a", 0, "piano"), Message("b", 0, "piano"), Message("b", 9, "lesson"), Message("c", 0, "soup"), Message("d", 0, "tea")];
        var scores = Fuse(messages, [1, 1, 0, 0, 0], None, [], "piano lesson");
        Assert.True(scores["b"] > scores["a"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(512)]
    public void A_conversation_that_only_the_vectors_know_is_found_last(int? dimensions)
    {
        var similarities = new Dictionary<string, float>(StringComparer.Ordinal) { ["far"] = 0.9f };
        var scores = Fuse([Message("a", 0)], [1], similarities, [], dimensions: dimensions);
        Assert.True(scores["far"] > 0 && scores["far"] < scores["a"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(512)]
    public void Of_equal_conversations_the_nearer_vector_wins(int? dimensions)
    {
        var similarities = new Dictionary<string, float>(StringComparer.Ordinal) { ["a"] = 0.1f, ["b"] = 0.2f };
        var scores = Fuse([Message("a", 0), Message("b", 0)], [1, 1], similarities, [], dimensions: dimensions);
        Assert.True(scores["b"] > scores["a"]);
    }

    [Fact]
    public void A_conversation_that_only_its_summary_knows_is_found()
    {
        var scores = Fuse([Message("a", 0)], [1], None, [new("told", 3), new("less", 1)]);
        Assert.True(scores["a"] > scores["told"] && scores["told"] > scores["less"] && scores["less"] > 0);
    }

    [Fact]
    public void Nothing_found_scores_nothing()
    {
        Assert.Empty(Fuse([], [], None, []));
        Assert.Equal(0, Fuse([Message("a", 0)], [0], None, [])["a"]);
        Assert.Empty(Fusion.Of(None, None, dimensions: 512).ScoreMessages([], []));
    }

    [Fact]
    public void A_message_is_raised_by_its_conversation()
    {
        var fusion = Fusion.Of(new Dictionary<string, float>(StringComparer.Ordinal) { ["b"] = 1 }, None, dimensions: null);
        var scores = fusion.ScoreMessages([Message("a", 0), Message("b", 0)], [1, 1]);
        Assert.True(scores[1] > scores[0]);
    }

    private static Dictionary<string, float> Fuse(
        MessageCandidate[] messages, float[] scores, Dictionary<string, float> similarities, LexicalMatch[] memories, string question = "piano", int? dimensions = null)
    {
        var query = LexicalQuery.Parse(question, []);
        var words = ConversationRanker.Score(messages, MessageFeatures.Read(query, messages), scores, query.TermWeights, memories);
        return Fusion.Of(words.ToDictionary(pair => pair.Key, pair => pair.Value.Total, StringComparer.Ordinal), similarities, dimensions).Conversations;
    }

    private static MessageCandidate Message(string conversation, int position, string text = "") => new(conversation, position, new()
    {
        Id = "m",
        Role = Roles.User,
        Text = text,
        SentAt = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
    });
}
