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
        var scores = Fusion.ScoreConversations([Message("a", 0), Message("b", 0), Message("b", 1)], [1, 1, 0.9f], None, []);
        Assert.Equal(1, scores["b"]);
        Assert.True(scores["a"] < 1);
    }

    [Fact]
    public void A_conversation_that_only_the_vectors_know_is_found_last()
    {
        var similarities = new Dictionary<string, float>(StringComparer.Ordinal) { ["far"] = 0.9f };
        var scores = Fusion.ScoreConversations([Message("a", 0)], [1], similarities, []);
        Assert.True(scores["far"] > 0 && scores["far"] < scores["a"]);
    }

    [Fact]
    public void Of_equal_conversations_the_nearer_vector_wins()
    {
        var similarities = new Dictionary<string, float>(StringComparer.Ordinal) { ["a"] = 0.1f, ["b"] = 0.2f };
        var scores = Fusion.ScoreConversations([Message("a", 0), Message("b", 0)], [1, 1], similarities, []);
        Assert.True(scores["b"] > scores["a"]);
    }

    [Fact]
    public void A_conversation_that_only_its_summary_knows_is_found()
    {
        var scores = Fusion.ScoreConversations([Message("a", 0)], [1], None, [new("told", 3), new("less", 1)]);
        Assert.True(scores["a"] > scores["told"] && scores["told"] > scores["less"] && scores["less"] > 0);
    }

    [Fact]
    public void Nothing_found_scores_nothing()
    {
        Assert.Empty(Fusion.ScoreConversations([], [], None, []));
        Assert.Equal(0, Fusion.ScoreConversations([Message("a", 0)], [0], None, [])["a"]);
        Assert.Empty(Fusion.ScoreMessages([], [], None));
    }

    [Fact]
    public void A_message_is_raised_by_its_conversation()
    {
        MessageCandidate[] messages = [Message("a", 0), Message("b", 0)];
        var scores = Fusion.ScoreMessages(messages, [1, 1], new Dictionary<string, float>(StringComparer.Ordinal) { ["b"] = 1 });
        Assert.True(scores[1] > scores[0]);
    }

    private static MessageCandidate Message(string conversation, int position) => new(conversation, position, new()
    {
        Id = "m",
        Role = Roles.User,
        Text = "",
        SentAt = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
    });
}
