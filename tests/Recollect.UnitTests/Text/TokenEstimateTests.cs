using FsCheck;
using FsCheck.Fluent;
using Recollect.Text;
using Xunit;

namespace Recollect.UnitTests.Text;

public sealed class TokenEstimateTests
{
    [Theory] // counted with the vocabulary o200k
    [InlineData("Dana: Happy new year, sort of. My landlord emailed this afternoon: he is selling the flat on Ashby Row and would like me out by the end of February. Can he simply do that?", 40)]
    [InlineData("Wren: Being hungry at 11 usually means a breakfast with too little protein. What do you have in the morning?", 25)]
    public void English_is_estimated_within_a_tenth(string text, int tokens) => Assert.InRange(TokenEstimate.Of(text), tokens * 0.9, tokens * 1.1);

    [Fact]
    public void No_estimate_is_below_one_or_above_what_a_text_can_cost() =>
        Prop.ForAll<string?>(text => TokenEstimate.Of(text ?? string.Empty) >= 1 && TokenEstimate.Of(text ?? string.Empty) <= TokenEstimate.Most(text ?? string.Empty))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("\ud800\0\udc00")]
    [InlineData("مرحبا، كيف حالك؟ 😀😀")]
    [InlineData("   \t\t\r\n\n 1234567 --== 'x '")]
    public void Any_text_can_be_estimated(string text) => Assert.InRange(TokenEstimate.Of(text), 1, TokenEstimate.Most(text));
}
