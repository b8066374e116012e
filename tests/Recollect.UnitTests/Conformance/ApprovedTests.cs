using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Conformance;

public sealed class ApprovedTests
{
    [Fact]
    public void A_difference_shows_the_first_line_that_differs_and_how_to_approve_it()
    {
        var text = Approved.Difference("Steps.approved.txt", ["read", "write"], ["read", "embed", "write"]);

        Assert.Contains("Steps.approved.txt differs at line 2", text, StringComparison.Ordinal);
        Assert.Contains("approved: write", text, StringComparison.Ordinal);
        Assert.Contains("now:      embed", text, StringComparison.Ordinal);
        Assert.Contains("APPROVE=1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_ends_early_says_so()
    {
        var text = Approved.Difference("Steps.approved.txt", ["read", "write"], ["read"]);

        Assert.Contains("now:      (the end)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_endings_do_not_matter() => Approved.Match("Approved", "first\r\nsecond\n\n");
}
