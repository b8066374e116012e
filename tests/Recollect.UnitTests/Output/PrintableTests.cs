using Recollect.Cli.Output;
using Xunit;

namespace Recollect.UnitTests.Output;

public sealed class PrintableTests
{
    [Theory]
    [InlineData('\u001B')]
    [InlineData('\u009B')]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('\0')]
    [InlineData('\u007F')]
    [InlineData('\u202A')]
    [InlineData('\u202E')]
    [InlineData('\u2066')]
    [InlineData('\u2069')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    public void What_steers_a_terminal_or_turns_the_text_around_is_replaced(char character) =>
        Assert.Equal("a\uFFFDb", Printable.Of($"a{character}b"));

    [Theory]
    [InlineData("")]
    [InlineData("plain words, [31m and all")]
    [InlineData("שלום עולם")]
    [InlineData("مرحبا بالعالم")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("naïve 👩‍👩‍👧 漢字 🦊")]
    public void Other_text_stays_as_it_is(string text) => Assert.Same(text, Printable.Of(text));
}
