using FsCheck;
using FsCheck.Fluent;
using Recollect.Cli;
using Recollect.Cli.Scheduling.Cron;
using Xunit;

namespace Recollect.UnitTests.Scheduling.Cron;

public sealed class CrontabTextTests
{
    private const string Lines = "# a note\n0 3 * * * run\n";
    private const string Users = "MAILTO=me\n# caf\u00e9\n*/5 * * * * date +\\%H\n";

    [Fact]
    public void Removing_restores_any_crontab_byte_for_byte()
    {
        Prop.ForAll<string?>(crontab =>
        {
            crontab = crontab?.Replace("\r", string.Empty, StringComparison.Ordinal);
            var installed = CrontabText.With(crontab, "recollect", Lines);
            return string.Equals(crontab, CrontabText.Parse(installed, "recollect").WithoutBlock(), StringComparison.Ordinal)
                && string.Equals(installed, CrontabText.With(installed, "recollect", Lines), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(Users)]
    [InlineData("5 4 * * * last line without end")]
    public void Removing_restores_what_was_there(string? crontab)
    {
        var installed = CrontabText.With(crontab, "recollect", Lines);

        Assert.EndsWith("# END recollect recollect\n", installed, StringComparison.Ordinal);
        Assert.Equal(crontab, CrontabText.Parse(installed, "recollect").WithoutBlock());
    }

    [Fact]
    public void Another_time_replaces_the_lines_in_their_place()
    {
        var installed = CrontabText.With(Users, "recollect", Lines) + "1 1 * * * added later\n";

        var changed = CrontabText.With(installed, "recollect", "0 4 * * * run\n");

        Assert.StartsWith(Users + "# BEGIN recollect recollect (before: there; check: ", changed, StringComparison.Ordinal);
        Assert.EndsWith(")\n0 4 * * * run\n# END recollect recollect\n1 1 * * * added later\n", changed, StringComparison.Ordinal);
        Assert.Equal(Users + "1 1 * * * added later\n", CrontabText.Parse(changed, "recollect").WithoutBlock());
    }

    [Theory]
    [InlineData("a", "a-b")]
    [InlineData("a-b", "a")]
    public void Two_names_stand_side_by_side_and_leave_nothing_behind_in_any_order(string first, string second)
    {
        var both = CrontabText.With(CrontabText.With(null, "a", Lines), "a-b", Lines);

        var one = CrontabText.Parse(both, first).WithoutBlock();

        Assert.Equal(CrontabText.With(null, second, Lines), one);
        Assert.Null(CrontabText.Parse(one!, second).WithoutBlock());
    }

    [Fact]
    public void What_a_user_added_around_the_lines_stays_even_where_there_was_no_crontab_before()
    {
        var installed = "0 1 * * * above\n" + CrontabText.With(null, "recollect", Lines) + "0 2 * * * below\n";

        Assert.Equal("0 1 * * * above\n0 2 * * * below\n", CrontabText.Parse(installed, "recollect").WithoutBlock());
    }

    [Fact]
    public void What_a_user_added_below_an_unended_line_stays_a_line_of_its_own()
    {
        var installed = CrontabText.With("0 1 * * * above", "recollect", Lines) + "0 2 * * * below\n";

        Assert.Equal("0 1 * * * above\n0 2 * * * below\n", CrontabText.Parse(installed, "recollect").WithoutBlock());
    }

    [Fact]
    public void A_block_that_is_not_as_it_was_written_is_refused()
    {
        var block = CrontabText.With(null, "recollect", Lines);
        string[] damaged =
        [
            block.Replace("# END recollect recollect\n", "", StringComparison.Ordinal),
            block.Replace("# END recollect recollect\n", "# END recollect recollect", StringComparison.Ordinal),
            block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..],
            block + block,
            block.Replace("0 3", "0 4", StringComparison.Ordinal),
            block.Replace("# a note\n", "# a note\n9 9 * * * a line of the user\n", StringComparison.Ordinal),
            block.Replace("before: none", "before: some", StringComparison.Ordinal),
            "# END recollect recollect\n" + block.Replace("# END recollect recollect\n", "", StringComparison.Ordinal),
        ];

        Assert.All(damaged, text =>
        {
            Assert.Contains("changed by hand", Assert.Throws<UsageException>(() => CrontabText.With(Users + text, "recollect", Lines)).Message, StringComparison.Ordinal);
            Assert.Throws<UsageException>(() => CrontabText.Parse(text, "recollect"));
        });
    }

    [Theory]
    [InlineData("0 1 * * * x\r\n")]
    [InlineData("0 1 * * * x\r")]
    public void Windows_line_ends_are_refused(string crontab)
    {
        var error = Assert.Throws<UsageException>(() => CrontabText.With(crontab, "recollect", Lines));

        Assert.Contains("CRLF", error.Message, StringComparison.Ordinal);
    }
}
