using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Conversations;

public sealed class WellFormedTextTests
{
    private static readonly Arbitrary<string> Texts = Gen.Elements('a', '\0', '\uD83D', '\uDE00', '\uFFFD', 'é', '\uDBFF', '\uDC00')
        .ArrayOf().Select(characters => new string(characters)).ToArbitrary();

    [Fact]
    public void Any_text_survives_UTF_8_and_has_no_NUL() =>
        Prop.ForAll(Texts, text =>
        {
            var made = WellFormedText.Of(text);
            return made.Length == text.Length
                && !made.Contains('\0', StringComparison.Ordinal)
                && string.Equals(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(made)), made, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Doing_it_twice_changes_nothing_more() =>
        Prop.ForAll(Texts, text =>
        {
            var once = WellFormedText.Of(text);
            return ReferenceEquals(once, WellFormedText.Of(once));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Theory]
    [InlineData("plain")]
    [InlineData("👩‍👩‍👧 漢字")]
    [InlineData("")]
    public void Good_text_is_returned_as_it_is(string text) => Assert.Same(text, WellFormedText.Of(text));

    [Fact]
    public void What_no_store_could_keep_is_replaced() // not as a theory: an attribute cannot hold such text either
    {
        Assert.Equal("a\uFFFDb", WellFormedText.Of("a\0b"));
        Assert.Equal("\uFFFD alone", WellFormedText.Of("\uD83D alone"));
        Assert.Equal("\uFFFD\uFFFD", WellFormedText.Of("\uDE00\uD83D"));
        Assert.Equal("\uFFFD\uD83D\uDE00", WellFormedText.Of("\uD83D\uD83D\uDE00"));
    }

    [Fact]
    public void Metadata_order_key_and_title_are_made_safe_too()
    {
        var message = new Message { Id = "m1", Role = Roles.User, Text = "x", SentAt = DateTimeOffset.UnixEpoch, OrderKey = "\0", Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["\uD83D"] = "\uDE00" } };

        Assert.Equal(("\uFFFD", "\uFFFD"), (message.OrderKey, message.Metadata["\uFFFD"]));
        Assert.Equal("a\uFFFD", Conversation.Given(new() { Source = "s", Owner = new() { User = "u" }, Thread = "t" }, [message], title: "a\0").Title);
    }
}
