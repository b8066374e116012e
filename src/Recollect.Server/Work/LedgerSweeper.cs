using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;
using Recollect.Server.Http;
using Recollect.Work;

namespace Recollect.Server.Work;

/// <summary>Puts those on a broker's queue again whose pause after a failure is over, since workers that reach nothing but the service cannot. Where the queue is the server's own, its worker does.</summary>
internal sealed partial class LedgerSweeper(MemoryTrigger trigger, IWorkQueue queue, ISource source, IOptions<WorkerOptions> options, TimeProvider time, ILogger<LedgerSweeper> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _sweeping = Task.CompletedTask;

    /// <summary>Begins, where there is something to sweep.</summary>
    public void Start()
    {
        if (queue is not InProcessQueue && source is IConversationListing)
        {
            _sweeping = SweepAsync();
        }
    }

    /// <summary>Ends it; what was taken and not sent is due again.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The sweep begins with the server and ends here")]
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _sweeping;
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(options.Value.Sweep, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                try
                {
                    await trigger.SweepAsync(_stopping.Token);
                }
                catch (Exception ex) when (ex is not OperationCanceledException) // the server goes on, and so does the sweep
                {
                    LogNotSwept(logger, Failure.Describe(ex));
                }
            }
        }
        catch (OperationCanceledException) // how it ends
        {
        }
    }

    [LoggerMessage(26003, LogLevel.Warning, "Failed conversations could not be put on the queue again: {Error}")]
    private static partial void LogNotSwept(ILogger logger, string error);
}
