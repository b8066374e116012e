using System.Globalization;

namespace Recollect.Memorize;

/// <summary>Keeps the tokens that a run spends below a cap: the most that a call can cost is set aside before it is made.</summary>
/// <param name="most">The cap; null for none.</param>
/// <param name="setting">The setting that holds the cap.</param>
/// <param name="refuse">Makes the failure of a call that does not fit, from its message.</param>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class TokenBudget(long? most, string setting, Func<string, RecollectException> refuse)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _settled = NewSignal();
    private long _spent;
    private long _reserved;

    /// <summary>Gets what is spent and set aside.</summary>
    public long Committed
    {
        get
        {
            lock (_lock)
            {
                return _spent + _reserved;
            }
        }
    }

    /// <summary>Begins anew with a run. What is still set aside stays so until it is settled.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _spent = 0;
        }
    }

    /// <summary>Sets tokens aside; waits for calls under way where only what they may still give back makes room.</summary>
    /// <param name="tokens">The most that the call can cost.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RecollectException">The run has not that much left.</exception>
    public async ValueTask ReserveAsync(long tokens, CancellationToken cancellationToken)
    {
        while (!TryReserve(tokens, out var settled))
        {
            await settled.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Notes what a call did cost, and gives back the rest of what was set aside for it.</summary>
    /// <param name="reserved">What was set aside.</param>
    /// <param name="spent">What the call cost.</param>
    public void Settle(long reserved, long spent)
    {
        TaskCompletionSource settled;
        lock (_lock)
        {
            _reserved -= reserved;
            _spent += spent;
            (settled, _settled) = (_settled, NewSignal());
        }

        settled.SetResult();
    }

    private bool TryReserve(long tokens, out Task settled)
    {
        lock (_lock)
        {
            settled = _settled.Task;
            if (most is not { } cap)
            {
                _reserved += tokens;
                return true;
            }

            if (_spent + tokens > cap)
            {
                throw refuse(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The next call may cost {tokens:N0} tokens, and {Math.Max(0, cap - _spent):N0} of the {cap:N0} that a run may spend are left; a later run goes on, or raise {setting}."));
            }

            if (_spent + _reserved + tokens > cap)
            {
                return false;
            }

            _reserved += tokens;
            return true;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
