using FsCheck;
using FsCheck.Fluent;
using Recollect.Text;
using Xunit;

namespace Recollect.UnitTests.Text;

public sealed class EnglishStemmerTests
{
    [Fact]
    public void Words_have_the_stems_that_the_algorithm_gives() // from the sample vocabulary of the published description
    {
        Dictionary<string, string> stems = new(StringComparer.Ordinal)
        {
            ["consign"] = "consign",
            ["consigned"] = "consign",
            ["consigning"] = "consign",
            ["consignment"] = "consign",
            ["consist"] = "consist",
            ["consistency"] = "consist",
            ["consistently"] = "consist",
            ["consolation"] = "consol",
            ["consolatory"] = "consolatori",
            ["consolidate"] = "consolid",
            ["consoling"] = "consol",
            ["consonant"] = "conson",
            ["knack"] = "knack",
            ["knaves"] = "knave",
            ["knavish"] = "knavish",
            ["kneaded"] = "knead",
            ["kneel"] = "kneel",
            ["knightly"] = "knight",
            ["knitting"] = "knit",
            ["knotted"] = "knot",
            ["knuckles"] = "knuckl",
            ["skies"] = "sky",
            ["dying"] = "die",
            ["news"] = "news",
            ["inning"] = "inning",
            ["proceed"] = "proceed",
            ["generously"] = "generous",
            ["communism"] = "communism",
            ["hopping"] = "hop",
            ["hoping"] = "hope",
            ["cries"] = "cri",
            ["ties"] = "tie",
            ["gas"] = "gas",
            ["gaps"] = "gap",
            ["luxuriating"] = "luxuri",
            ["say"] = "say",
            ["by"] = "by",
            ["relational"] = "relat",
            ["biology"] = "biolog",
            ["youth"] = "youth",
            ["happiness"] = "happi",
            ["rationalize"] = "ration",
        };
        Assert.All(stems, pair => Assert.Equal(pair.Value, Stem(pair.Key)));
    }

    [Fact]
    public void Words_with_other_letters_or_digits_come_back_as_they_are() =>
        Assert.All(["übungen", "5ks", "כלבים", "as", "a"], word => Assert.Equal(word, Stem(word)));

    [Fact]
    public void A_stem_is_never_empty_nor_longer_than_its_word() =>
        Prop.ForAll(Gen.NonEmptyListOf(Gen.Elements("aeioubcdlnrstyingedsmz".ToCharArray())).Select(letters => string.Concat(letters)).ToArbitrary(), word =>
        {
            var stem = Stem(word);
            return stem.Length > 0 && stem.Length <= word.Length && stem.All(char.IsAsciiLetterLower);
        }).QuickCheckThrowOnFailure();

    private static string Stem(string word)
    {
        var letters = word.ToCharArray();
        return new string(letters, 0, EnglishStemmer.Stem(letters));
    }
}
