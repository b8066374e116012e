using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Recollect.Sessions;

/// <summary>Finds sessions that have ended, and lets them become memories.</summary>
/// <remarks>Safe to call concurrently, also from several processes.</remarks>
public sealed partial class SessionSweeper
{
    private const int BatchSize = 100;

    private readonly ISessionStore _store;
    private readonly SessionTransfer _transfer;
    private readonly IMemoryGate _gate;
    private readonly SessionOptions _options;
    private readonly LongTermOptions _longTerm;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionSweeper> _logger;

    internal SessionSweeper(
        ISessionStore store, SessionTransfer transfer, IMemoryGate gate, IOptions<SessionOptions> options, IOptions<LongTermOptions> longTerm, TimeProvider time, ILogger<SessionSweeper> logger) =>
        (_store, _transfer, _gate, _options, _longTerm, _time, _logger) = (store, transfer, gate, options.Value, longTerm.Value, time, logger);

    /// <summary>Sweeps at once and then after each interval, until it is stopped. A sweep that fails is logged, and the next one goes on.</summary>
    /// <remarks>While memory is on for nobody, or <see cref="LongTermOptions.Enabled"/> is false, ended sessions stay as they are.</remarks>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.SweepInterval, _time);
        try
        {
            do
            {
                await TrySweepAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) // how it ends
        {
        }
    }

    private async ValueTask TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_longTerm.Enabled && await _gate.IsAnybodyOnAsync(cancellationToken))
            {
                await SweepAsync(cancellationToken);
            }
        }
        catch (Exception ex) when (ex is RecollectException or IOException or UnauthorizedAccessException)
        {
            LogFailed(_logger, ex.Message);
        }
    }

    /// <summary>Sweeps once.</summary>
    /// <param name="cancellationToken">Stops it; what was archived stays so.</param>
    /// <exception cref="SessionStoreException">The sessions could not be listed.</exception>
    public async Task<SweepReport> SweepAsync(CancellationToken cancellationToken)
    {
        List<Session> ended = [];
        await foreach (var session in _store.ListAsync(archived: false, cancellationToken))
        {
            if (session.HasEnded(_options.Timeout, _time.GetUtcNow()))
            {
                ended.Add(session);
            }
        }

        var left = 0;
        foreach (var batch in ended.OrderBy(static session => session.LastActive).Chunk(BatchSize))
        {
            var closed = new List<Session>();
            foreach (var session in batch)
            {
                if (await TryCloseAsync(session, cancellationToken) is { } one)
                {
                    closed.Add(one);
                }
            }

            left += batch.Length - closed.Count + await _transfer.TryAsync(closed, cancellationToken);
        }

        if (ended.Count > 0)
        {
            LogSwept(_logger, ended.Count, ended.Count - left);
        }

        return new(ended.Count, ended.Count - left);
    }

    /// <summary>Ends a session for good, so that nothing is added while its memory is made; null where it goes on after all.</summary>
    private async ValueTask<Session?> TryCloseAsync(Session found, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.InChatAsync(found.Chat, async (sessions, token) =>
            {
                var session = (await sessions.ListAsync(archived: false, token)).FirstOrDefault(one => string.Equals(one.Id, found.Id, StringComparison.Ordinal)) ?? found;
                if (session.EndedAt is not null || session.IsTransferred || !session.HasEnded(_options.Timeout, _time.GetUtcNow()))
                {
                    return session.HasEnded(_options.Timeout, _time.GetUtcNow()) ? session : null;
                }

                var ended = session with { EndedAt = _time.GetUtcNow() };
                await sessions.SaveAsync(ended, [], token);
                return ended;
            }, cancellationToken);
        }
        catch (SessionStoreException ex) // one bad session never stops the others
        {
            LogFailed(_logger, ex.Message);
            return null;
        }
    }

    [LoggerMessage(8301, LogLevel.Information, "Session cleanup: {Ended} ended, {Archived} archived")]
    private static partial void LogSwept(ILogger logger, int ended, int archived);

    [LoggerMessage(8302, LogLevel.Warning, "Session cleanup failed and is tried again: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
