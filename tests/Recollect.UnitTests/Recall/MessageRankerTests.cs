using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

public sealed class MessageRankerTests
{
    private static readonly DateTimeOffset Day = new(2024, 5, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_message_that_has_the_words_comes_first() =>
        Assert.Equal(1, Best("Where is the blue bicycle?", ("Noam", "Nice weather."), ("Dana", "My blue bikes are in the shed."), ("Noam", "I see."), ("Dana", "Yes, yes."), ("Noam", "Bye.")));

    [Fact]
    public void What_answers_a_question_counts_with_the_question()
    {
        var scores = Score("favourite composer", ("Noam", "Who is your favourite composer?"), ("Dana", "Bach, always."), ("Noam", "I had soup."), ("Noam", "And bread."), ("Noam", "And tea."));
        Assert.True(scores[1] > 0.5f);
        Assert.Equal(0, scores[4]);
    }

    [Fact]
    public void A_message_of_the_person_asked_about_is_preferred() =>
        Assert.Equal(1, Best("What did Dana paint?", ("Noam", "I painted a wall."), ("Dana", "I painted a wall.")));

    [Theory]
    [InlineData("What did I paint?", 1)]
    [InlineData("Was haben wir für paint gekauft?", 1)]
    [InlineData("What did Wren paint for me?", 0)]
    [InlineData("What is there to paint?", 0)]
    public void Of_the_asker_it_is_what_people_say_that_is_preferred(string question, int best)
    {
        MessageCandidate[] messages = [Message("c1", 0, "Wren", "Paint paint a wall.", role: Roles.Assistant), Message("c2", 0, "Dana", "I paint a wall.")];
        var scores = Score(LexicalQuery.Parse(question, ["Wren", "Dana"]), messages, 2);
        Assert.True(scores[best] > scores[1 - best]);
    }

    [Fact]
    public void What_the_person_asked_about_says_of_the_one_spoken_to_is_preferred_less()
    {
        var scores = Score("What did Dana paint?", ("Dana", "You painted a wall."), ("Noam", "Well."), ("Noam", "Well."), ("Dana", "I painted a wall."), ("Noam", "Well."), ("Noam", "Well."), ("Dana", "You said I painted a wall."));
        Assert.True(scores[3] > scores[0] * 1.2f);
        Assert.True(scores[6] > scores[0] * 1.2f);
    }

    [Fact]
    public void Words_that_only_shape_the_question_count_less() =>
        Assert.Equal(3, Best("What kinds of soup?", ("a", "A kind man."), ("a", "Hm."), ("a", "Hm."), ("a", "A soup bowl.")));

    [Fact]
    public void A_message_that_tells_a_time_is_preferred_where_a_time_is_asked_for() =>
        Assert.Equal(3, Best("When did you paint?", ("Noam", "I can paint walls well."), ("a", "Hm."), ("a", "Hm."), ("Noam", "I could paint walls yesterday.")));

    [Fact]
    public void A_message_near_the_day_asked_for_is_preferred()
    {
        MessageCandidate[] messages =
        [
            Message("c1", 0, "a", "The rehearsal began.", Day.AddDays(-100)),
            Message("c2", 0, "a", "The rehearsal began."),
        ];
        var scores = Score(LexicalQuery.Parse("Which rehearsal was on May 3, 2024?", []), messages, 2);
        Assert.True(scores[1] > scores[0]);
    }

    [Fact]
    public void Neighbours_of_another_conversation_do_not_count()
    {
        MessageCandidate[] messages = [Message("c1", 0, "a", "A blue bicycle."), Message("c2", 1, "a", "Soup.")];
        Assert.Equal(0, Score(LexicalQuery.Parse("bicycle", []), messages, 2)[1]);
    }

    [Fact]
    public void The_order_in_which_messages_come_does_not_matter() =>
        Prop.ForAll(Gen.Choose(0, 119).ToArbitrary(), seed =>
        {
            MessageCandidate[] messages = [.. Enumerable.Range(0, 6).Select(i => Message("c1", i, "a", i % 2 == 0 ? $"dog number {i}" : "a cat?"))];
            int[] order = [.. Enumerable.Range(0, 6).OrderBy(i => (i * 7 * (seed + 1)) % 11).ThenBy(i => i)];
            var query = LexicalQuery.Parse("dog or cat number 4", []);
            var straight = Score(query, messages, 6);
            var shuffled = Score(query, [.. order.Select(i => messages[i])], 6);
            return order.Index().All(pair => MathF.Abs(shuffled[pair.Index] - straight[pair.Item]) < 1e-5f);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_message_reads_the_same_alone_and_among_others() =>
        Prop.ForAll<string?, string?>((first, second) =>
        {
            var query = LexicalQuery.Parse("When did x see the dogs on 5 May " + second, ["x"]);
            var message = Message("c1", 1, "x", second + " dogs I you yesterday 犬犬");
            var among = MessageFeatures.Read(query, [Message("c1", 0, "x", first + " dog yours today" + second), message])[1];
            var alone = MessageFeatures.Read(query, [message])[0];
            return (among.Length, among.TellsTime, among.IsOfListener) == (alone.Length, alone.TellsTime, alone.IsOfListener)
                && Enumerable.Range(0, query.Terms.Count).All(term => among.Frequency(term) == alone.Frequency(term) && among.Has(term) == alone.Has(term));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scores_are_finite_and_never_negative() =>
        Prop.ForAll<string?, string?, string?>((question, first, second) =>
        {
            MessageCandidate[] messages = [Message("c1", 0, null, first ?? ""), Message("c1", 1, "x", second ?? "")];
            return Score(LexicalQuery.Parse(question ?? "", ["x"]), messages, 0).All(score => float.IsFinite(score) && score >= 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_equal_messages_the_later_comes_first()
    {
        MessageCandidate[] messages = [Message("c1", 0, "a", "dog"), Message("c2", 0, "a", "dog", Day.AddDays(1))];
        Assert.Equal([1, 0], CandidateOrder.ByScore(messages, [1, 1]));
    }

    private static int Best(string question, params (string Author, string Text)[] messages)
    {
        var scores = Score(question, messages);
        return Array.IndexOf(scores, scores.Max());
    }

    private static float[] Score(string question, params (string Author, string Text)[] messages) =>
        Score(
            LexicalQuery.Parse(question, messages.Select(message => message.Author)),
            [.. messages.Select((message, i) => Message("c1", i, message.Author, message.Text))],
            messages.Length);

    private static float[] Score(LexicalQuery query, IReadOnlyList<MessageCandidate> messages, int messageCount) =>
        MessageRanker.Score(query, messages, MessageFeatures.Read(query, messages), messageCount);

    private static MessageCandidate Message(string conversation, int position, string? author, string text, DateTimeOffset? sentAt = null, string role = Roles.User) =>
        new(conversation, position, new() { Id = "m", Role = role, Author = author, Text = text, SentAt = sentAt ?? Day });
}
