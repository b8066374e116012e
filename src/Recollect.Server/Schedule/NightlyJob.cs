using Quartz;
using Recollect.Runs;
using Recollect.Server.Runs;

namespace Recollect.Server.Schedule;

/// <summary>A nightly run that is due.</summary>
[DisallowConcurrentExecution]
internal sealed class NightlyJob(BackgroundRuns runs) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runs.RunAsync(new() { Mode = RunMode.Nightly });
}
