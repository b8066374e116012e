using FsCheck;
using FsCheck.Fluent;
using Recollect.Text;
using Xunit;

namespace Recollect.UnitTests.Text;

public sealed class SentenceSplitterTests
{
    [Fact]
    public void Sentences_end_at_terminators() =>
        Assert.Equal(["I saw it.", "Did you?", "Yes!!"], Split("I saw it. Did you? Yes!!"));

    [Fact]
    public void Abbreviations_initials_and_decimals_do_not_end_a_sentence() =>
        Assert.Equal(
            ["Dr. Levi paid 3.50 to J. Smith, e.g. for tea.", "It was 5 p.m. then."],
            Split("Dr. Levi paid 3.50 to J. Smith, e.g. for tea. It was 5 p.m. then."));

    [Fact]
    public void An_abbreviation_ends_a_sentence_before_a_capital() =>
        Assert.Equal(["We met at 5 p.m.", "She was late."], Split("We met at 5 p.m. She was late."));

    [Fact]
    public void An_ellipsis_ends_a_sentence_only_before_a_capital() =>
        Assert.Equal(["Well... maybe not.", "Hm…", "Fine."], Split("Well... maybe not. Hm… Fine."));

    [Fact]
    public void A_line_break_ends_a_sentence() => Assert.Equal(["- milk", "- bread"], Split("- milk\r\n- bread\n"));

    [Fact]
    public void The_number_of_a_list_stays_with_its_line() => Assert.Equal(["1. First this.", "2. Then that."], Split("1. First this.\n2. Then that."));

    [Fact]
    public void Emoji_stay_with_the_sentence_before_them_and_end_it_before_a_capital() =>
        Assert.Equal(["So glad! 😀", "Love it 🎉", "See you soon 👋 friend"], Split("So glad! 😀 Love it 🎉 See you soon 👋 friend"));

    [Fact]
    public void Quotes_and_brackets_close_with_their_sentence() =>
        Assert.Equal(["She said \"no.\"", "(It was late.)", "Bye."], Split("She said \"no.\" (It was late.) Bye."));

    [Fact]
    public void Terminators_of_other_scripts_count() =>
        Assert.Equal(["今日は晴れ。", "散歩に行こう！", "هل جئت؟", "नमस्ते।", "फिर मिलेंगे।"], Split("今日は晴れ。散歩に行こう！ هل جئت؟ नमस्ते। फिर मिलेंगे।"));

    [Fact]
    public void Addresses_are_not_cut() => Assert.Equal(["See https://example.org/a.b?c=d for it."], Split("See https://example.org/a.b?c=d for it."));

    [Fact]
    public void White_space_has_no_sentences() => Assert.Empty(Split(" \t\r\n "));

    [Fact]
    public void Sentences_are_in_order_trimmed_and_miss_only_white_space() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements("a B. ! ? … \n 。 😀 Dr. 3.5 x ) \" \u200D".Split(' ').Append(" ").Append("\uD83D").ToArray())).Select(parts => string.Concat(parts)).ToArbitrary(), text =>
        {
            var last = 0;
            foreach (var range in SentenceSplitter.Split(text))
            {
                var start = range.Start.Value;
                var sentence = text[range];
                if (start < last || sentence.Length == 0 || sentence.Trim().Length != sentence.Length || !string.IsNullOrWhiteSpace(text[last..start]))
                {
                    return false;
                }

                last = range.End.Value;
            }

            return string.IsNullOrWhiteSpace(text[last..]);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\U0001F600")]
    [InlineData("!")]
    [InlineData("!a")]
    [InlineData(". ")]
    [InlineData("a.")]
    public void Long_runs_take_linear_time(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 1_000_000)); // hours, were every place to look over the rest of the run
        Assert.Equal(text.Trim().Length, SentenceSplitter.Split(text)[^1].End.Value);
    }

    private static string[] Split(string text) => [.. SentenceSplitter.Split(text).Select(range => text[range])];
}
