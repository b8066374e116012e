using Recollect.Text;
using Xunit;

namespace Recollect.UnitTests.Text;

public sealed class TermReaderTests
{
    [Fact]
    public void Irregular_forms_meet_their_base() =>
        Assert.Equal(SearchText.Terms("go buy child mother win"), SearchText.Terms("went bought children moms won"));

    [Fact]
    public void Regular_forms_meet_their_base() => Assert.Equal(SearchText.Terms("bake run plant"), SearchText.Terms("baking running planted"));

    [Fact]
    public void Function_words_of_several_languages_are_left_out() =>
        Assert.Equal("", SearchText.Terms("what did you do with the wann warum pourquoi cuándo מתי איפה متى لماذا"));

    [Fact]
    public void Words_that_mean_something_in_another_language_are_kept() => Assert.Equal("war hat son", SearchText.Terms("war hat son"));

    [Fact]
    public void A_prefix_keeps_partitions_apart() => Assert.Equal("p7xdog p7xpark", SearchText.Terms("The dogs in a park", "p7x"));

    [Fact]
    public void A_prefix_that_a_query_language_could_read_is_refused() =>
        Assert.Throws<ArgumentException>(() => SearchText.Terms("dog", "a\" OR "));

    [Fact]
    public void Every_word_of_the_lexicon_is_found_in_its_group() =>
        Assert.All(ConceptLexicon.Groups.Index(), group =>
        {
            Assert.True(group.Item.Count > 1, $"Group {group.Index} has one word: {string.Join(' ', group.Item)}");
            Assert.All(group.Item, word => Assert.Contains(group.Index, ConceptLexicon.GroupsOf(word).ToArray()));
        });
}
