using FsCheck;
using FsCheck.Fluent;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

public sealed class LexicalQueryTests
{
    [Fact]
    public void Function_words_and_repeats_are_left_out() =>
        Assert.Equal(["mend", "fenc"], LexicalQuery.Parse("When did you mend the mended fence?", []).Terms);

    [Fact]
    public void A_question_of_function_words_alone_keeps_them() => Assert.NotEmpty(LexicalQuery.Parse("Who are you?", []).Terms);

    [Fact]
    public void A_text_without_words_has_no_terms() => Assert.Empty(LexicalQuery.Parse("?! 😀", []).Terms);

    [Fact]
    public void The_author_who_is_named_is_no_term()
    {
        var query = LexicalQuery.Parse("Where does Dana's brother work?", ["Dana", "Noam"]);
        Assert.Equal(["brother", "work"], query.Terms);
        Assert.Equal("Dana", query.Author);
        Assert.Equal("Where does 's brother work?", query.TextWithoutAuthors);
    }

    [Fact]
    public void Of_two_authors_who_are_named_none_is_preferred() =>
        Assert.Null(LexicalQuery.Parse("What do Dana and Noam share?", ["Dana", "Noam"]).Author);

    [Fact]
    public void A_name_alone_is_what_is_asked_for() => Assert.Equal(["dana"], LexicalQuery.Parse("Dana?", ["Dana"]).Terms);

    [Fact]
    public void Related_words_match_in_part_and_the_term_itself_in_full()
    {
        var query = LexicalQuery.Parse("doctor", []);
        Assert.Contains("physician", query.RelatedTerms, StringComparer.Ordinal);
        Assert.Equal(1, query.MatchesOf("doctor")[0].Weight);
        Assert.True(query.MatchesOf("physician")[0].Weight is > 0 and < 1);
        Assert.True(query.MatchesOf("banana").IsEmpty);
    }

    [Fact]
    public void Questions_for_what_is_so_now_are_recognised()
    {
        Assert.All(
            ["Where does Dana live now?", "What is the LATEST plan?", "Wo wohnt Dana derzeit?", "Où habite-t-elle maintenant ?", "¿Dónde vive ahora?", "איפה היא גרה עכשיו?", "أين تسكن الآن؟", "Where do I live?", "Wie heißt meine Katze?"],
            text => Assert.True(LexicalQuery.Parse(text, ["Noam"]).AsksForNewest));
        Assert.All(["Where does Dana live?", "Where did I live in May 2023?", "What do I know of Noam?", "snow", ""], text => Assert.False(LexicalQuery.Parse(text, ["Noam"]).AsksForNewest));
    }

    [Fact]
    public void Questions_for_a_time_are_recognised()
    {
        Assert.All(["When did it rain?", "How long was it?", "Which year was that?", "Wann war das?", "מתי זה היה?"], text => Assert.True(LexicalQuery.Parse(text, []).AsksForTime));
        Assert.All(["Who came when it rained?", "What happened?", ""], text => Assert.False(LexicalQuery.Parse(text, []).AsksForTime));
    }

    [Fact]
    public void No_text_yields_anything_but_letters_and_digits() =>
        Prop.ForAll<string?>(value =>
        {
            var query = LexicalQuery.Parse((value ?? "") + "\" OR * NEAR(a) ' ; -- :", ["x\"y"]);
            return query.Terms.Concat(query.RelatedTerms).All(term => term.Length > 0 && !term.Any(c => char.IsPunctuation(c) || char.IsSymbol(c) || char.IsWhiteSpace(c) || char.IsControl(c)));
        }).QuickCheckThrowOnFailure();
}
