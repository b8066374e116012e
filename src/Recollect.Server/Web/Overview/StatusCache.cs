using Recollect.Health;

namespace Recollect.Server.Web.Overview;

/// <summary>Keeps the status for a few seconds: counting a large store takes longer than anybody likes to wait for a page.</summary>
/// <remarks>Safe to call concurrently; however many ask, one counts.</remarks>
internal sealed class StatusCache(StatusReader reader, BotStatusReader bot, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Counted? _last;

    /// <summary>Gets the status and the numbers of a bot, at most ten seconds old, or counted now.</summary>
    public async ValueTask<(StatusReport Status, IReadOnlyList<BotMetric> Bot)> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } known)
        {
            return known;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } others)
            {
                return others;
            }

            var counted = new Counted(await reader.ReadAsync(cancellationToken), await bot.ReadAsync(cancellationToken), time.GetTimestamp());
            _last = counted;
            return (counted.Status, counted.Bot);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private (StatusReport Status, IReadOnlyList<BotMetric> Bot)? Fresh() => _last is { } last && time.GetElapsedTime(last.At) < Freshness ? (last.Status, last.Bot) : null;

    private sealed record Counted(StatusReport Status, IReadOnlyList<BotMetric> Bot, long At);
}
