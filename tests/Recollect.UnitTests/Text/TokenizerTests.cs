using FsCheck;
using FsCheck.Fluent;
using Recollect.Text;
using Xunit;

namespace Recollect.UnitTests.Text;

public sealed class TokenizerTests
{
    [Fact]
    public void Words_are_lower_case_and_without_diacritics() =>
        Assert.Equal(["cafe", "strasse", "naive", "tieng", "viet"], Read("Café STRASSE naïve Tiếng Việt"));

    [Fact]
    public void Letters_that_stand_for_two_are_written_out() =>
        Assert.Equal(["strasse", "aeon", "oeuvre", "lodz"], Read("Straße æon œuvre Łódź"));

    [Fact]
    public void Decomposed_text_reads_as_composed_text() => Assert.Equal(Read("Café"), Read("Cafe\u0301"));

    [Fact]
    public void English_clitics_are_cut_off() =>
        Assert.Equal(["dana", "do", "wo", "won", "we", "i", "she", "home"], Read("Dana's don't won't won we’re I'll she'd home"));

    [Fact]
    public void Other_apostrophes_and_hyphens_separate() =>
        Assert.Equal(["o", "clock", "l", "avion", "well", "known"], Read("o'clock l'avion well-known"));

    [Fact]
    public void Thousands_are_one_number_and_decimals_are_two() =>
        Assert.Equal(["1000000", "3", "5", "1", "2"], Read("1,000,000 3.5 1,2"));

    [Fact]
    public void Digits_and_letters_together_are_one_word() => Assert.Equal(["5k", "covid19"], Read("5k covid19"));

    [Fact]
    public void Hebrew_acronyms_stay_whole_and_vowel_points_are_dropped() =>
        Assert.Equal(["צהל", "שלום"], Read("צה\"ל שָׁלוֹם"));

    [Fact]
    public void Arabic_letter_variants_and_vowel_marks_fall_together() => Assert.Equal(Read("احمد"), Read("أَحْمَد"));

    [Fact]
    public void Han_is_read_as_single_characters_and_pairs() =>
        Assert.Equal(["我", "我爱", "爱", "爱你", "你"], Read("我爱你"));

    [Fact]
    public void Kana_and_hangul_are_read_in_pairs_and_alone_only_where_there_is_no_pair() =>
        Assert.Equal(["すし", "の", "한국"], Read("すし、の 한국"));

    [Fact]
    public void Han_outside_the_basic_plane_is_kept_whole() => Assert.Equal(["𠮷", "𠮷野", "野"], Read("𠮷野"));

    [Fact]
    public void Emoji_and_punctuation_are_no_words() => Assert.Empty(Read("😀 !? … \u200D \uFE0F ✨"));

    [Fact]
    public void A_long_word_is_cut_to_the_buffer() => Assert.Equal(Tokenizer.BufferLength, Assert.Single(Read(new string('a', 500))).Length);

    [Fact]
    public void Any_text_gives_tokens_that_lie_in_it_in_order() =>
        Prop.ForAll<string?>(value =>
        {
            var text = value ?? "";
            Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
            var tokens = new Tokenizer(text, buffer);
            var last = 0;
            while (tokens.Read())
            {
                if (tokens.Start < last || tokens.Length < 1 || tokens.Start + tokens.Length > text.Length || tokens.Token.Length is 0 or > Tokenizer.BufferLength)
                {
                    return false;
                }

                last = tokens.Start;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_the_tokens_again_changes_nothing() =>
        Prop.ForAll<string?>(value =>
        {
            List<string> once = [.. Read(value ?? "").Where(token => token.All(char.IsAsciiLetterOrDigit))];
            return once.SequenceEqual(Read(string.Join(' ', once)), StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();

    private static List<string> Read(string text)
    {
        var read = new List<string>();
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(text, buffer);
        while (tokens.Read())
        {
            read.Add(tokens.Token.ToString());
        }

        return read;
    }
}
