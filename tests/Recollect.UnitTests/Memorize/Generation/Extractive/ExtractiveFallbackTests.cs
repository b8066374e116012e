using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Extractive;

public sealed class ExtractiveFallbackTests
{
    [Fact]
    public void Without_words_the_first_text_is_kept()
    {
        var written = Writing.Write(Writing.Conversation("", "  ", "🎉🎉", "👍"));

        Assert.Equal("Ravi: 🎉🎉", written.Summary);
        Assert.Equal(new Citation { MessageId = "m3", Quote = "🎉🎉" }, Assert.Single(written.Citations));
    }

    [Fact]
    public void Without_any_text_the_day_and_the_number_of_messages_are_kept()
    {
        var written = Writing.Write(Writing.Conversation("", " \n"));

        Assert.Equal("2026-03-02, 2 messages", written.Summary);
        Assert.Equal(new Citation { MessageId = "m1" }, Assert.Single(written.Citations));
        Assert.Empty(written.Facts);
        Assert.Empty(written.Topics);
    }

    [Fact]
    public void Only_greetings_still_make_a_summary()
    {
        var written = Writing.Write(Writing.Conversation("Hi!", "Hello!"));

        Assert.Contains("H", written.Summary, StringComparison.Ordinal);
        Assert.Empty(written.Facts);
    }

    [Theory]
    [InlineData("我上个月搬到了杭州。我的女儿对花生过敏。", "杭州")]
    [InlineData("انتقلت إلى عمان الشهر الماضي. ابنتي لديها حساسية من الفول السوداني.", "عمان")]
    [InlineData("मैं पिछले महीने पुणे आया। मेरी बेटी को मूंगफली से एलर्जी है।", "पुणे")]
    [InlineData("עברתי לחיפה בחודש שעבר. הבת שלי אלרגית לבוטנים.", "לחיפה")]
    public void Other_scripts_are_quoted_whole(string text, string word)
    {
        var conversation = Writing.Conversation(text);

        var written = Writing.Write(conversation);

        Writing.Check(conversation, written);
        Assert.Contains(word, written.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_sentence_ends_at_a_clause_with_the_ellipsis_outside_the_quote()
    {
        var text = "The surveyor found damp behind the bookcase in the study, which nobody had expected after the roof was repaired in spring, "
            + "and he also wants the chimney of the old laundry to be taken down before the autumn storms arrive from the coast again, if at all possible";

        var written = Writing.Write(Writing.Conversation(text));

        var quote = written.Citations[0].Quote!;
        Assert.Equal($"Ravi: {quote} …", written.Summary);
        Assert.StartsWith(quote + ",", text, StringComparison.Ordinal);
    }
}
