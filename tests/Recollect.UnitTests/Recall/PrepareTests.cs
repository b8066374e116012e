using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

public sealed class PrepareTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("the")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    [InlineData("🧠 שלום")]
    [InlineData("Which street did I live in before May 2024?")]
    public void Any_question_can_be_prepared_for(string question) => RecallEngine.Prepare(question);

    [Fact]
    public void A_question_of_a_million_characters_is_cut_as_it_is_when_it_is_answered() => RecallEngine.Prepare(string.Concat(Enumerable.Repeat("garden ", 150_000)));
}
