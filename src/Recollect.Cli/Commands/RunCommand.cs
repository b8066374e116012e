using Recollect.Cli.Output;
using Recollect.Runs;

namespace Recollect.Cli.Commands;

/// <summary>What backfill, nightly and retry have in common: run, show progress, report.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(CommandContext context, RunRequest request, CancellationToken cancellationToken)
    {
        if (!request.DryRun)
        {
            context.Get<RunLog>().Begin(request.Mode.ToString().ToLowerInvariant());
        }

        RunReport report;
        await using (var progress = RunProgress.Start(context.Output, context.Get<TimeProvider>()))
        {
            report = await context.Get<MemoryPipeline>().RunAsync(request, progress, cancellationToken);
        }

        RunReportPrinter.Print(report, context.Output.People);
        context.Output.WriteJson(RunReportJson.From(report), OutputJson.Readable.RunReportJson);
        return ExitCode(report);
    }

    private static int ExitCode(RunReport report) =>
        report.Status == RunStatus.Cancelled ? ExitCodes.Cancelled
        : report.Failed.Count > 0 || report.DeliveriesFailed > 0 ? ExitCodes.SomeFailed
        : report.SourceComplete ? ExitCodes.Done
        : ExitCodes.Unreachable;
}
