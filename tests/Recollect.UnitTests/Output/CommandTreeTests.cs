using Recollect.Cli;
using Xunit;

namespace Recollect.UnitTests.Output;

public sealed class CommandTreeTests
{
    private static readonly string[] All = [.. CommandTree.Build().Subcommands.Select(static command => command.Name)];

    [Fact]
    public void Each_command_is_made_alone_where_it_is_the_first_word() =>
        Assert.All(All, static name => Assert.Equal(name, Assert.Single(CommandTree.Build(name).Subcommands).Name));

    [Theory]
    [InlineData("reca")]
    [InlineData("Recall")]
    [InlineData("--help")]
    [InlineData("")]
    public void All_commands_are_made_where_the_first_word_is_none_of_them(string first) =>
        Assert.Equal(string.Join(' ', All), string.Join(' ', CommandTree.Build(first).Subcommands.Select(static command => command.Name)));
}
