using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recollect.Runs;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Runs;
using Recollect.State;

namespace Recollect.Server.Api;

/// <summary>Tells listeners how a run gets on, until it has ended. The account of the run is looked at, never the database.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed partial class RunEvents(BackgroundRuns runs, IStateStore state, TimeProvider time, ILogger<RunEvents> logger) : IDisposable
{
    /// <summary>How many may listen at once with one key.</summary>
    public const int MaxListeners = 32;

    private const int LongestSilence = 15; // looks

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<Caller> _listeners = PartitionedRateLimiter.Create<Caller, string>(static caller =>
        RateLimitPartition.GetConcurrencyLimiter(caller.Name ?? string.Empty, static _ => new() { PermitLimit = MaxListeners }));

    /// <summary>Writes events until the run has ended, or nobody listens any more.</summary>
    /// <param name="id">The run.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Says that nobody listens any more.</param>
    /// <exception cref="ProblemException">There is no such run, it is another process's, or too many listen.</exception>
    public async Task SendAsync(string id, HttpContext context, CancellationToken cancellationToken)
    {
        using var place = _listeners.AttemptAcquire(context.GetCaller());
        if (!place.IsAcquired)
        {
            throw new ProblemException(StatusCodes.Status429TooManyRequests, $"{MaxListeners} listen to runs already with this key; close one of them.");
        }

        if (runs.Find(id) is { } live)
        {
            await FollowAsync(live, new(context.Response), cancellationToken);
            return;
        }

        await state.InitializeAsync(cancellationToken);
        var run = await RunEndpoints.FindAsync(state, id, cancellationToken);
        if (run.Status == RunStatus.Running)
        {
            throw new ProblemException(StatusCodes.Status409Conflict, $"This run is under way in another process, or its process died; /api/v1/runs/{Quoted.Of(id)} tells when it has ended.");
        }

        await EndAsync(run, new(context.Response), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _listeners.Dispose();

    private static Task EndAsync(RunRecord run, EventStream events, CancellationToken cancellationToken) =>
        events.SendAsync("ended", RunJson.From(run), ApiJson.Readable.RunJson, cancellationToken);

    private async Task FollowAsync(LiveRun live, EventStream events, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        var (told, silence) = ((RunProgressJson?)null, 0);
        do
        {
            var now = RunProgressJson.From(live.Ledger);
            if (now != told)
            {
                await events.SendAsync("progress", now, ApiJson.Readable.RunProgressJson, cancellationToken);
                (told, silence) = (now, 0);
            }
            else if (++silence == LongestSilence)
            {
                await events.BeatAsync(cancellationToken);
                silence = 0;
            }
        }
        while (await IsGoingOnAsync(live, timer, cancellationToken));

        try
        {
            var run = await RunEndpoints.FindAsync(state, live.Ledger.RunId, cancellationToken);
            await EndAsync(run.Status == RunStatus.Running ? run with { Status = RunStatus.Aborted } : run, events, cancellationToken); // an end that could not be recorded
        }
        catch (RecollectException ex) // the answer has begun; who asks again is told
        {
            LogUnknown(logger, live.Ledger.RunId, ex.Message);
        }
    }

    /// <summary>Waits for the next look, or for the end of the run.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The run goes on by itself; nobody who listens is needed for it")]
    private static async Task<bool> IsGoingOnAsync(LiveRun live, PeriodicTimer timer, CancellationToken cancellationToken)
    {
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(tick, live.Ended) == tick)
        {
            await tick;
        }

        return !live.Ended.IsCompleted;
    }

    [LoggerMessage(20003, LogLevel.Warning, "How run {RunId} ended is not known: {Error}")]
    private static partial void LogUnknown(ILogger logger, string runId, string error);
}
