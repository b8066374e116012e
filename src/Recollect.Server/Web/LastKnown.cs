namespace Recollect.Server.Web;

/// <summary>Keeps what takes long to count or to test. What was counted a while ago is given at once, with when that was, and counted again meanwhile.</summary>
/// <typeparam name="T">What is counted.</typeparam>
/// <param name="count">Counts.</param>
/// <param name="time">The clock.</param>
/// <remarks>Safe to call concurrently; however many ask, one counts.</remarks>
internal sealed class LastKnown<T>(Func<CancellationToken, Task<T>> count, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // what is older is not shown

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private (T Value, long At)? _last;
    private Task<T>? _counting;

    /// <summary>Gets what was counted last and how long ago that was; counted now where nothing was counted in the last two minutes.</summary>
    /// <param name="cancellationToken">Stops waiting; the count goes on, for the next who asks.</param>
    public async ValueTask<(T Value, TimeSpan Age)> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> counting;
        lock (_lock)
        {
            var age = _last is { } last ? time.GetElapsedTime(last.At) : TimeSpan.MaxValue;
            counting = age < Freshness ? Task.FromResult(_last!.Value.Value) : _counting ??= CountAsync();
            if (age < Patience)
            {
                return (_last!.Value.Value, age);
            }
        }

        return (await counting.WaitAsync(cancellationToken), TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task<T> CountAsync()
    {
        var token = _ended.Token;
        await Task.Yield(); // the lock is held
        (T Value, long At)? counted = null;
        try
        {
            var value = await count(token);
            counted = (value, time.GetTimestamp());
            return value;
        }
        finally
        {
            lock (_lock)
            {
                (_last, _counting) = (counted, null); // after a failure, nothing old is shown: who asks next counts, and hears what is wrong
            }
        }
    }
}
