using Recollect.Text;
using Xunit;

namespace Recollect.UnitTests.Text;

public sealed class TermCacheTests
{
    [Fact]
    public void A_word_gives_the_same_term_however_often_and_after_whatever_words_it_is_read()
    {
        var random = new Random(5);
        string[] endings = ["", "s", "ing", "ed", "ation", "ness", "fully"];
        string[] words = [.. Enumerable.Range(0, 6_000).Select(_ => Word(random, endings)), "went", "children", "the", "is", new string('x', 24), new string('y', 25), new string('z', 60)];
        var expected = words.Distinct(StringComparer.Ordinal).ToDictionary(word => word, word => Read(new TermCache(), word), StringComparer.Ordinal); // each with an empty cache
        var cache = new TermCache();
        for (var round = 0; round < 40_000; round++)
        {
            var word = words[random.Next(words.Length)];
            Assert.Equal(expected[word], Read(cache, word));
        }

        Assert.Equal(("go", false), Read(cache, "went"));
        Assert.True(Read(cache, "the").IsStopWord);
    }

    private static string Word(Random random, string[] endings) =>
        string.Concat(Enumerable.Range(0, random.Next(2, 9)).Select(_ => (char)('a' + random.Next(26)))) + endings[random.Next(endings.Length)];

    private static (string Term, bool IsStopWord) Read(TermCache cache, string word)
    {
        var buffer = new char[Tokenizer.BufferLength];
        word.CopyTo(buffer);
        var (length, isStopWord) = cache.Apply(buffer, word.Length);
        return (new string(buffer, 0, length), isStopWord);
    }
}
