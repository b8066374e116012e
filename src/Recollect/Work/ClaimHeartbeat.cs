using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Recollect.State;

namespace Recollect.Work;

/// <summary>Renews the claims of a batch until it is disposed of, and stops the work where that fails for so long that another may have them.</summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The beating is this object's own, and ends with it")]
internal sealed partial class ClaimHeartbeat : IAsyncDisposable
{
    private readonly IClaims _claims;
    private readonly string _holder;
    private readonly int _count;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;

    private ClaimHeartbeat(IClaims claims, string holder, int count, TimeSpan duration, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        (_claims, _holder, _count, _duration, _time, _logger) = (claims, holder, count, duration, time, logger);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _beating = BeatAsync();
    }

    /// <summary>Gets what is cancelled when the claims are lost, or the caller gives up.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Begins to renew.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="holder">Their holder.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="duration">How long a claim lasts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told when they are lost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static ClaimHeartbeat Start(IClaims claims, string holder, int count, TimeSpan duration, TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        new(claims, holder, count, duration, time, logger, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(_duration / 4, _time);
        var renewed = _time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var isHeld = await RenewAsync();
                if (isHeld == true)
                {
                    renewed = _time.GetTimestamp();
                    continue;
                }

                if (isHeld is null && _time.GetElapsedTime(renewed) < _duration * 0.7) // the state may be back in time
                {
                    continue;
                }

                LogLost(_logger, _count);
                await _lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) // the batch is done
        {
        }
    }

    /// <summary>Renews once; null when the state could not be asked.</summary>
    private async Task<bool?> RenewAsync()
    {
        try
        {
            return await _claims.RenewAsync(_holder, _duration, _end.Token) >= _count;
        }
        catch (StateStoreException ex)
        {
            LogNotRenewed(_logger, ex.Message);
            return null;
        }
    }

    [LoggerMessage(30101, LogLevel.Warning, "The claims of {Count} conversations are lost; their work is stopped and will be begun anew")]
    private static partial void LogLost(ILogger logger, int count);

    [LoggerMessage(30102, LogLevel.Warning, "Claims could not be renewed: {Error}")]
    private static partial void LogNotRenewed(ILogger logger, string error);
}
