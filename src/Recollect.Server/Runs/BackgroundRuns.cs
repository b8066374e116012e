using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recollect.Runs;
using Recollect.Server.Http;

namespace Recollect.Server.Runs;

/// <summary>Runs the pipeline in the background, one run at a time, until the server stops.</summary>
/// <remarks>Safe to call concurrently. The lock on the data is the run's own: between runs, other processes may take it.</remarks>
internal sealed partial class BackgroundRuns(MemoryPipeline pipeline, IRunLog log, IHostApplicationLifetime lifetime, ILogger<BackgroundRuns> logger)
{
    private readonly Lock _lock = new();
    private Task _current = Task.CompletedTask;
    private RunStart _start = new();

    /// <summary>Starts a run and waits until it has begun.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="RunInProgressException">Another run is under way, here or in another process.</exception>
    /// <exception cref="RecollectException">The store or the state could not be reached.</exception>
    public async Task<string> StartAsync(RunRequest request)
    {
        var start = new RunStart();
        var run = BeginAsync(request, start);
        await Task.WhenAny(start.Begun, run);
        if (start.Ledger is null)
        {
            await run; // throws why it did not begin
        }

        return start.Ledger!.RunId;
    }

    /// <summary>Finds the run of an id, if it is under way here; null where it has ended, is another process's, or never was.</summary>
    public LiveRun? Find(string id)
    {
        lock (_lock)
        {
            return !_current.IsCompleted && _start.Ledger is { } ledger && string.Equals(ledger.RunId, id, StringComparison.Ordinal) ? new(ledger, _current) : null;
        }
    }

    /// <summary>Runs to the end. What goes wrong is logged: the next run catches up.</summary>
    public async Task RunAsync(RunRequest request)
    {
        try
        {
            await BeginAsync(request, new());
        }
        catch (RunInProgressException ex)
        {
            LogSkipped(logger, request.Mode, ex.Message);
        }
        catch (Exception ex) when (ex is not OperationCanceledException) // the schedule goes on, whatever happened to one run
        {
            LogFailed(logger, request.Mode, Failure.Describe(ex));
        }
    }

    /// <summary>Waits until the run that is under way has ended; the server's stopping cancels it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        Task current;
        lock (_lock)
        {
            current = _current;
        }

        await current.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // how it ended is told by itself
    }

    private Task BeginAsync(RunRequest request, RunStart start)
    {
        lock (_lock)
        {
            if (!_current.IsCompleted)
            {
                throw new RunInProgressException("A run of this server is under way; this one did nothing. Wait for it to end, then run again.");
            }

            _start = start;
            return _current = Task.Run(() => ExecuteAsync(request, start), CancellationToken.None);
        }
    }

    private async Task ExecuteAsync(RunRequest request, RunStart start)
    {
        using var file = log.Begin(request.Mode.ToString().ToLowerInvariant());
        try
        {
            await pipeline.RunAsync(request, start, lifetime.ApplicationStopping);
        }
        catch (Exception ex) when (ex is not RecollectException) // these are told by the run itself
        {
            LogFailed(logger, request.Mode, Failure.Describe(ex));
            throw;
        }
    }

    [LoggerMessage(21001, LogLevel.Information, "No {Mode} run was started: {Reason}")]
    private static partial void LogSkipped(ILogger logger, RunMode mode, string reason);

    [LoggerMessage(21002, LogLevel.Error, "The {Mode} run failed: {Error}")]
    private static partial void LogFailed(ILogger logger, RunMode mode, string error);
}
