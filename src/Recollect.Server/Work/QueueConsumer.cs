using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Recollect.Ingest.Sources;
using Recollect.Server.Http;
using Recollect.Work;

namespace Recollect.Server.Work;

/// <summary>Works on the queue within the server, where it is the server's own. A broker's is left to workers, and looked at.</summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The work is begun by this object, and ends with it")]
internal sealed partial class QueueConsumer(MemoryWorker worker, QueueWatch watch, IWorkQueue queue, ISource source, TimeProvider time, ILogger<QueueConsumer> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _giveUp = new();
    private Task _working = Task.CompletedTask;

    /// <summary>Begins, where there is something to work on.</summary>
    public void Start()
    {
        if (source is IConversationListing)
        {
            _working = queue is InProcessQueue ? WorkAsync() : watch.RunAsync(_stopping.Token);
        }
    }

    /// <summary>Finishes the conversations in hand, and takes no others.</summary>
    /// <param name="cancellationToken">Rolls back those in hand.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _giveUp);
        try
        {
            await _working;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested) // how looking ends
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _giveUp.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await worker.RunAsync(_stopping.Token, _giveUp.Token);
            }
            catch (ConfigurationException ex)
            {
                LogIdle(logger, ex.Message);
                return;
            }
            catch (Exception ex) when (ex is not OperationCanceledException) // the server goes on, and so does the work
            {
                LogFailed(logger, Failure.Describe(ex));
                await Task.Delay(TimeSpan.FromSeconds(10), time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(26001, LogLevel.Warning, "Nothing is taken from the queue: {Reason}")]
    private static partial void LogIdle(ILogger logger, string reason);

    [LoggerMessage(26002, LogLevel.Error, "The work on the queue failed and is begun anew: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
