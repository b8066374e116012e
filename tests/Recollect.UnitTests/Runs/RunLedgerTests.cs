using System.Globalization;
using Recollect.Runs;
using Xunit;

namespace Recollect.UnitTests.Runs;

public sealed class RunLedgerTests
{
    [Fact]
    public void Every_item_that_cannot_be_read_is_told_also_beyond_those_that_the_report_keeps()
    {
        var told = new List<string>();
        var ledger = new RunLedger("r1", told.Add);

        for (var i = 0; i < 500; i++)
        {
            ledger.OnUnreadable(new(string.Create(CultureInfo.InvariantCulture, $"a.jsonl:{i}"), "has no thread"));
        }

        var report = ledger.ToReport(new() { Mode = RunMode.Backfill }, RunStatus.Completed, sourceComplete: true, TimeSpan.Zero);
        Assert.Equal((500, 500L, 200), (told.Distinct(StringComparer.Ordinal).Count(), report.Unreadable, report.Notices.Count));
        Assert.Equal("a.jsonl:499: has no thread", told[^1]);
    }

    [Fact]
    public void A_name_in_a_notice_can_neither_begin_a_line_nor_steer_a_terminal()
    {
        var told = new List<string>();
        var ledger = new RunLedger("r1", told.Add);

        ledger.OnUnreachable(new("a\n2026-01-05 WRN all is well\e[2K\r\u0085", "is a folder"));

        var report = ledger.ToReport(new() { Mode = RunMode.Backfill }, RunStatus.Completed, sourceComplete: false, TimeSpan.Zero);
        Assert.Equal("a\uFFFD2026-01-05 WRN all is well\uFFFD[2K\uFFFD\uFFFD: is a folder", Assert.Single(told));
        Assert.Equal(told, report.Notices);
    }
}
