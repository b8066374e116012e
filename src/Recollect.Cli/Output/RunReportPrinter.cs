using System.Globalization;
using Recollect.Runs;

namespace Recollect.Cli.Output;

/// <summary>Tells people what a run did.</summary>
internal static class RunReportPrinter
{
    private const int MaxNotices = 20;

    public static void Print(RunReport report, TextWriter output)
    {
        foreach (var notice in report.Notices.Take(MaxNotices))
        {
            output.WriteLine($"! {Printable.Of(notice)}");
        }

        var unnamed = report.Unreadable - Math.Min(report.Notices.Count, MaxNotices);
        if (unnamed > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"! … and {unnamed:N0} more; --json lists up to 200."));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Headline(report)}: {report.Read:N0} conversations read ({report.Messages:N0} messages), {report.Created:N0} created, {report.Updated:N0} updated, {report.Unchanged:N0} unchanged, {Counts("skipped", report.Skipped)}, {Counts("failed", report.Failed)}."));
        if (report.Retired > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Retired:N0} memories do not stand any more and were retired."));
        }

        if (report.Unreadable > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Items of the source that could not be read: {report.Unreadable:N0}."));
        }

        if (report.Embedding.Texts > 0 || report.Model.Calls > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.Embedding.Texts:N0} texts embedded ({report.Embedding.Tokens:N0} tokens); {report.Model.Calls:N0} model calls ({report.Model.InputTokens:N0} tokens in, {report.Model.OutputTokens:N0} out{(report.Model.Cost > 0 ? $", which cost {report.Model.Cost:0.00##}" : string.Empty)})."));
        }

        if (report.Created + report.Updated + report.Unchanged == 0 && report.Status != RunStatus.Aborted)
        {
            output.WriteLine(WhyNothing(report));
        }
    }

    private static string Headline(RunReport report)
    {
        var what = report.DryRun ? $"{report.Mode} (dry run, nothing was changed)" : report.Mode.ToString();
        var how = report.Status switch { RunStatus.Cancelled => "was cancelled after", RunStatus.Aborted => "was aborted after", _ => "finished in" };
        return string.Create(CultureInfo.InvariantCulture, $"{what} {how} {report.Elapsed.TotalSeconds:0.0} s");
    }

    private static string Counts(string name, IReadOnlyDictionary<string, long> byReason)
    {
        var reasons = byReason.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}"));
        return string.Create(CultureInfo.InvariantCulture, $"{byReason.Values.Sum():N0} {name}") + (byReason.Count > 0 ? $" ({string.Join(", ", reasons)})" : string.Empty);
    }

    private static string WhyNothing(RunReport report) =>
        report.Status == RunStatus.Cancelled ? "No memory was made before it was cancelled: run it again to go on."
            : report.Read == 0
            ? "No memory was made: the source gave no conversation. Check the paths, or the notices above."
            : "No memory was made: see the reasons above.";
}
