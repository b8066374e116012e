using Recollect.Cli.Output;
using Recollect.Cli.Telemetry;
using Recollect.Runs;
using Recollect.Server.Api;

namespace Recollect.Cli.Commands;

/// <summary>What backfill, nightly and retry have in common: run, show progress, report.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(CommandContext context, RunRequest request, CancellationToken cancellationToken)
    {
        using var log = request.DryRun ? null : context.Get<RunLog>().Begin(request.Mode.ToString().ToLowerInvariant());
        context.Get<TelemetryExport>().Begin();
        var progress = RunProgress.Start(context.Output, context.Get<TimeProvider>());
        try
        {
            RunReport report;
            await using (progress)
            {
                report = await context.Get<MemoryPipeline>().RunAsync(request, progress, cancellationToken);
            }

            Print(report, context.Output);
            return ExitCode(report);
        }
        catch (RunInProgressException ex) when (request.Mode == RunMode.Nightly) // a timer that fires during a long run is no failure
        {
            return await SkipAsync(ex, request, context.Output, progress.Elapsed);
        }
        catch (RecollectException) when (progress.Ledger is not null) // the account of what was done before it
        {
            Print(progress.Ledger.ToReport(request, RunStatus.Aborted, sourceComplete: false, progress.Elapsed), context.Output);
            throw;
        }
    }

    private static async Task<int> SkipAsync(RunInProgressException cause, RunRequest request, CommandOutput output, TimeSpan elapsed)
    {
        await output.Errors.WriteLineAsync($"recollect: {cause.Message}");
        var nothing = new RunLedger(string.Empty);
        nothing.Notice(cause.Message);
        output.WriteJson(RunReportJson.From(nothing.ToReport(request, RunStatus.Skipped, sourceComplete: false, elapsed)), static json => json.RunReportJson);
        return ExitCodes.Done;
    }

    private static void Print(RunReport report, CommandOutput output)
    {
        RunReportPrinter.Print(report, output.People);
        output.WriteJson(RunReportJson.From(report), static json => json.RunReportJson);
    }

    private static int ExitCode(RunReport report) =>
        report.Status == RunStatus.Cancelled ? ExitCodes.Cancelled
        : report.Failed.Count > 0 || report.DeliveriesFailed > 0 ? ExitCodes.SomeFailed
        : report.SourceComplete ? ExitCodes.Done
        : ExitCodes.Unreachable;
}
