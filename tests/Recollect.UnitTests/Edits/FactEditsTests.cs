using Recollect.Conversations;
using Recollect.Edits;
using Recollect.Memorize.Generation;
using Recollect.State;
using Xunit;

namespace Recollect.UnitTests.Edits;

public sealed class FactEditsTests
{
    private static readonly string[] Messages = ["m1", "m2"];

    [Theory]
    [InlineData("Dana lives in Berlin.", "  dana LIVES\tin\n Berlin. ")]
    [InlineData("I love pizza 🍕", "i love PIZZA 🍕")]
    [InlineData("דנה גרה בברלין", "\u200Fדנה גרה  בברלין\u200F")]
    [InlineData("تعيش دانا في برلين", "\u202Bتعيش دانا في برلين\u202C")]
    [InlineData("👩‍👩‍👧", " 👩‍👩‍👧 ")]
    public void Case_white_space_and_marks_of_direction_make_no_difference(string one, string other) => Assert.True(FactText.IsSame(one, other));

    [Theory]
    [InlineData("I love pizza 🍕", "I love pizza 🍔")]
    [InlineData("Tom is 5.", "Tom is 6.")]
    [InlineData("", "a")]
    public void What_says_something_else_is_not_the_same(string one, string other) => Assert.False(FactText.IsSame(one, other));

    [Theory]
    [InlineData("Dana lives in Berlin.", "Dana is living in Berlin", true)]
    [InlineData("Dana lives in Berlin.", "The user lives in Berlin", true)]
    [InlineData("Dana lives in Berlin.", "Dana has a cat called Tom", false)]
    [InlineData("Tom is 5.", "Tom is 6.", false)]
    [InlineData("Berlin", "Berlin", false)] // one word says too little
    [InlineData("🍕🍕🍕", "🍕🍕🍕", false)]
    [InlineData("", "", false)]
    public void Texts_are_near_that_share_two_of_three_words(string one, string other, bool expected)
    {
        Assert.Equal(expected, FactText.IsNear(one, other));
        Assert.Equal(expected, FactText.IsNear(other, one));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("\u200E\u202E")]
    public void A_fact_that_says_nothing_is_refused(string text) => Assert.Contains("must say something", Assert.Throws<EditException>(() => FactText.Checked(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_fact_that_is_too_long_is_refused_with_both_lengths()
    {
        Assert.Equal(2_000, FactText.Checked(" " + new string('x', 2_000)).Length);
        Assert.Equal("A fact has at most 2,000 characters; this one has 2,001.", Assert.Throws<EditException>(() => FactText.Checked(new string('x', 2_001))).Message);
    }

    [Fact]
    public void What_no_store_keeps_is_replaced() => Assert.Equal("a\uFFFDb\uFFFD", FactText.Checked("a\0b\ud800"));

    [Fact]
    public void A_fact_is_corrected_wherever_it_is_said_and_once()
    {
        var written = Written(
            "Dana said: Dana lives in Berlin. She has a cat.",
            """{"facts":[{"text":"Dana lives in Berlin.","message_ids":["m1"]},{"text":"The user lives in Berlin","message_ids":["m1"]}],"home":"dana lives in berlin.","notes":["Dana lives in Berlin.",7,null]}""",
            Fact("Dana lives in Berlin.", "m1"), Fact("The user lives in Berlin", "m1"), Fact("Dana has a cat.", "m2"));

        var edited = FactEdits.Apply(written, Messages, [Edit("Dana lives in Berlin.", "Dana lives in Bonn.")]);

        Assert.Equal(["Dana lives in Bonn.", "Dana has a cat."], Texts(edited), StringComparer.Ordinal);
        Assert.Equal("Dana said: Dana lives in Bonn. She has a cat.", edited.Summary);
        Assert.Equal("""{"facts":[{"text":"Dana lives in Bonn.","message_ids":["m1"]}],"home":"Dana lives in Bonn.","notes":["Dana lives in Bonn.",7,null]}""", edited.Data);
        Assert.Same(written.Facts[0].Citations, edited.Facts[0].Citations);
        AssertSettled(edited, Edit("Dana lives in Berlin.", "Dana lives in Bonn."));
    }

    [Fact]
    public void A_fact_is_deleted_wherever_it_is_said()
    {
        var written = Written("dana: Dana lives in Berlin.\nwren: Noted.", """{"facts":[{"text":"Dana lives in Berlin."},{"text":"x"}],"home":"Dana lives in Berlin."}""", Fact("DANA lives in Berlin.", "m9"), Fact("Dana has a cat.", "m2"));

        var edited = FactEdits.Apply(written, Messages, [Edit("Dana lives in Berlin.", null)]);

        Assert.Equal(["Dana has a cat."], Texts(edited), StringComparer.Ordinal);
        Assert.Equal(("wren: Noted.", """{"facts":[{"text":"x"}],"home":""}"""), (edited.Summary, edited.Data));
        AssertSettled(edited, Edit("Dana lives in Berlin.", null));
    }

    [Fact]
    public void A_summary_that_repeats_the_quote_of_a_fact_is_edited_with_it()
    {
        var fact = new Fact { Text = "User (2024-01-05): I live in Berlin.", Citations = [new() { MessageId = "m1", Quote = "I live\nin Berlin." }] };
        var edit = Edit(fact.Text, "User (2024-01-05): I live in Bonn.") with { Words = FactText.WordsOf(fact) };
        var written = Written("User: I live in Berlin. … I have a cat.\nBot: Noted.", null, fact);

        Assert.Equal("I live in Berlin.", edit.Words);
        Assert.Equal("User: I live in Bonn. … I have a cat.\nBot: Noted.", FactEdits.Apply(written, Messages, [edit]).Summary);
        Assert.Equal("User: She moved. … I have a cat.\nBot: Noted.", FactEdits.Apply(written, Messages, [edit with { Replacement = "She moved." }]).Summary);
        Assert.Equal("User: I have a cat.\nBot: Noted.", FactEdits.Apply(Written("User: I live in Berlin. I have a cat.\nBot: Noted.", null), Messages, [edit with { Replacement = null }]).Summary);
        AssertSettled(FactEdits.Apply(written, Messages, [edit]), edit);
    }

    [Fact]
    public void What_is_near_but_rests_on_other_messages_stays()
    {
        var edited = FactEdits.Apply(Written("s", null, Fact("Dana is living in Berlin", "m2")), Messages, [Edit("Dana lives in Berlin.", null)]);

        Assert.Equal(["Dana is living in Berlin"], Texts(edited), StringComparer.Ordinal);
    }

    [Fact]
    public void A_correction_stays_when_the_writer_says_nothing_of_it_any_more()
    {
        var edited = FactEdits.Apply(Written("s", null), Messages, [Edit("Dana lives in Berlin.", "Dana lives in Bonn.")]);

        var fact = Assert.Single(edited.Facts);
        Assert.Equal(("Dana lives in Bonn.", "statement", "m1"), (fact.Text, fact.Kind, Assert.Single(fact.Citations).MessageId));
        AssertSettled(edited, Edit("Dana lives in Berlin.", "Dana lives in Bonn."));
    }

    [Fact]
    public void Edits_follow_each_other_and_may_lead_back()
    {
        MemoryEdit[] edits = [Edit("Dana lives in Berlin.", "Dana lives in Bonn."), Edit("Dana lives in Bonn.", "Dana lives in Berlin."), Edit("Dana has a cat.", "Dana has a dog."), Edit("Dana has a dog.", null)];

        var edited = FactEdits.Apply(Written("s", null, Fact("Dana lives in Berlin.", "m1"), Fact("Dana has a cat.", "m1")), Messages, edits);

        Assert.Equal(["Dana lives in Berlin."], Texts(edited), StringComparer.Ordinal);
        Assert.Equal(["Dana lives in Berlin."], Texts(FactEdits.Apply(edited, Messages, edits)), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[1,2]")]
    [InlineData("{\"a\":")]
    [InlineData("""{"a":"b","c":[[["d"]]]}""")]
    public void Data_that_says_nothing_of_it_stays_as_it_is(string data) => Assert.Same(data, EditedData.Of(data, ["Dana lives in Berlin."], null));

    [Fact]
    public void A_correction_that_holds_the_words_before_is_made_once()
    {
        var edit = Edit("Dana lives in Berlin", "Dana lives in Berlin since 2020");
        var edited = FactEdits.Apply(Written("It is said that Dana lives in Berlin", """{"a":"Dana lives in Berlin"}""", Fact("Dana lives in Berlin", "m1")), Messages, [edit]);

        Assert.Equal(("It is said that Dana lives in Berlin since 2020", """{"a":"Dana lives in Berlin since 2020"}"""), (edited.Summary, edited.Data));
        AssertSettled(edited, edit);
    }

    [Fact]
    public void How_a_memory_is_made_tells_its_edits_apart()
    {
        var thread = new ThreadKey { Source = "files", Owner = new() { User = "dana" }, Thread = "t1" };
        var edit = Edit("a", null) with { ThreadId = thread.Id };
        var (one, two) = (new EditBook([edit]), new EditBook([edit, edit with { At = edit.At.AddTicks(1) }]));

        Assert.Equal("x;y", one.MadeBy("x;y", thread, ["m3"])); // no message that the edit rests on
        Assert.StartsWith("x;y;edits-", one.MadeBy("x;y", thread, ["m1"]), StringComparison.Ordinal);
        Assert.NotEqual(one.MadeBy("x;y", thread, ["m1"]), two.MadeBy("x;y", thread, ["m1"]), StringComparer.Ordinal);
        Assert.Equal("x;y", Fingerprint.WithoutEdits(two.MadeBy("x;y", thread, ["m1"])));
        Assert.Equal("x;y", EditBook.Empty.MadeBy("x;y", thread, ["m1"]));
    }

    [Fact]
    public void Of_a_conversation_the_messages_of_a_forgotten_memory_go_and_others_stay()
    {
        var thread = new ThreadKey { Source = "files", Owner = new() { User = "dana" }, Thread = "t1" };
        var messages = Enumerable.Range(0, 5).Select(hour => new Message { Id = $"m{hour}", Role = Roles.User, Text = "x", SentAt = DateTimeOffset.UnixEpoch.AddHours(hour) }).ToArray();
        var span = Edit("x", null) with { ThreadId = thread.Id, Kind = MemoryEditKind.Forgotten, Fact = null, From = messages[1].SentAt, To = messages[3].SentAt };
        var book = new EditBook([span]);

        Assert.Equal(["m0", "m4"], book.WithoutForgotten(Conversation.FromRun(thread, messages))!.Messages.Select(message => message.Id), StringComparer.Ordinal);
        Assert.Null(book.WithoutForgotten(Conversation.FromRun(thread, messages[1..4])));
        var other = Conversation.FromRun(thread with { Thread = "t2" }, messages);
        Assert.Same(other, book.WithoutForgotten(other));
        var later = Conversation.Given(thread, messages[4..]);
        Assert.Same(later, book.WithoutForgotten(later));
    }

    private static void AssertSettled(WrittenMemory edited, MemoryEdit edit)
    {
        var again = FactEdits.Apply(edited, Messages, [edit]);
        Assert.Equal(Texts(edited), Texts(again), StringComparer.Ordinal);
        Assert.Equal((edited.Summary, edited.Data), (again.Summary, again.Data));
    }

    private static IEnumerable<string> Texts(WrittenMemory written) => written.Facts.Select(fact => fact.Text);

    private static WrittenMemory Written(string summary, string? data, params Fact[] facts) => new() { Summary = summary, Data = data, Facts = facts, Citations = [new() { MessageId = "m1" }] };

    private static Fact Fact(string text, string message) => new() { Text = text, Citations = [new() { MessageId = message }] };

    private static MemoryEdit Edit(string fact, string? replacement) => new()
    {
        ThreadId = "t",
        At = DateTimeOffset.UnixEpoch,
        Tenant = "default",
        User = "dana",
        By = "noor",
        Kind = replacement is null ? MemoryEditKind.Deleted : MemoryEditKind.Corrected,
        Fact = fact,
        Replacement = replacement,
        FactKind = "statement",
        MessageIds = ["m1"],
    };
}
