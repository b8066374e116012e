using FsCheck;
using FsCheck.Fluent;
using Recollect.Sessions;
using Xunit;

namespace Recollect.UnitTests.Sessions;

public sealed class TiktokenCounterTests
{
    private static readonly TiktokenCounter O200K = new("o200k_base");
    private static readonly TiktokenCounter Cl100K = new("cl100k_base");

    /// <summary>The numbers are of gpt-tokenizer 4.0.0, special tokens read as text.</summary>
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("hello world", 2, 2)]
    [InlineData("Hello, how are you today? I'm fine; they've left.", 13, 15)]
    [InlineData("<|endoftext|>", 7, 7)]
    [InlineData("a <|endofprompt|> b", 9, 8)]
    [InlineData("שלום עולם, מה שלומך היום?", 9, 24)]
    [InlineData("مرحبا بالعالم، كيف حالك؟", 9, 19)]
    [InlineData("Привет, как дела? Это проверка.", 10, 13)]
    [InlineData("今天天气很好，我们去公园散步吧。", 12, 20)]
    [InlineData("こんにちは、世界。元気ですか", 8, 10)]
    [InlineData("안녕하세요 세계", 3, 9)]
    [InlineData("👩‍👩‍👧‍👦 family 😀🎉\n\n", 16, 24)]
    [InlineData("for (int i = 0; i < n; i++)\n{\n    total += values[i] * 2;\n}\n", 26, 26)]
    [InlineData("1234567890 3.14159", 9, 9)]
    [InlineData("   \n\n  indented\t\ttabs", 7, 7)]
    [InlineData("नमस्ते दुनिया", 5, 13)]
    [InlineData("e\u0301\u0301 cafe\u0301", 5, 5)]
    [InlineData("\uFFFD", 1, 1)]
    [InlineData("HTTPServerError XMLHttpRequest camelCase", 7, 5)]
    [InlineData("ALL CAPS DON'T SHOUT", 5, 7)]
    public void It_counts_what_the_model_counts(string text, int o200k, int cl100k)
    {
        Assert.Equal(o200k, O200K.Count(text));
        Assert.Equal(cl100k, Cl100K.Count(text));
    }

    [Fact]
    public void Long_runs_are_counted_exactly()
    {
        Assert.Equal(125, O200K.Count(new('a', 1_000)));
        Assert.Equal(1, O200K.Count(new('=', 80)));
    }

    [Fact]
    public void What_is_no_character_counts_as_what_is_sent_for_it()
    {
        var sent = O200K.Count("a\uFFFDb");

        Assert.Equal(sent, O200K.Count("a\uD800b"));
        Assert.Equal(sent, O200K.Count("a\uDC00b"));
        Assert.Equal(sent, O200K.Count("a\0b"));
    }

    [Fact]
    public void Letters_beyond_the_basic_plane_count_no_less_than_the_model_counts() =>
        Assert.True(O200K.Count("\U00020000\U00020001x\n") >= 8);

    [Theory]
    [InlineData('a', 1_250_000)] // 8 letters a token
    [InlineData('א', 10_000_000)]
    [InlineData('=', 78_125)] // 128 signs a token at most
    [InlineData(' ', 78_125)]
    public void A_run_of_ten_million_characters_counts_too_many_rather_than_too_few(char one, int atLeast) =>
        Assert.InRange(O200K.Count(new(one, 10_000_000)), atLeast, 30_000_000);

    [Fact]
    public void A_long_ordinary_text_is_counted_exactly()
    {
        const string Sentence = "The quick brown fox jumps over the lazy dog, and then it doesn't care about 12345 things. ";

        Assert.Equal(
            O200K.Count(Sentence + Sentence) * 500,
            O200K.Count(string.Concat(Enumerable.Repeat(Sentence, 1_000))) + (500 - 1)); // the space at an end is a token of its own, and joins the next sentence within
    }

    [Fact]
    public void No_text_counts_more_than_its_bytes_or_nothing() => Prop.ForAll<NonEmptyString>(text =>
        O200K.Count(text.Get) is > 0 and var tokens && tokens <= System.Text.Encoding.UTF8.GetByteCount(text.Get.Replace('\0', '\uFFFD'))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_unknown_vocabulary_is_refused_with_the_known_ones()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => new TiktokenCounter("gpt-9"));

        Assert.Contains("cl100k_base, o200k_base", refusal.Message, StringComparison.Ordinal);
    }
}
