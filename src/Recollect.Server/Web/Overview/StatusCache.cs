using Recollect.Health;

namespace Recollect.Server.Web.Overview;

/// <summary>Keeps the status for a few seconds: counting a large store takes longer than anybody likes to wait for a page.</summary>
/// <remarks>Safe to call concurrently; however many ask, one counts.</remarks>
internal sealed class StatusCache(StatusReader reader, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Counted? _last;

    /// <summary>Gets the status, at most ten seconds old, or one that is counted now.</summary>
    public async ValueTask<StatusReport> GetAsync(CancellationToken cancellationToken)
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

            var status = await reader.ReadAsync(cancellationToken);
            _last = new(status, time.GetTimestamp());
            return status;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private StatusReport? Fresh() => _last is { } last && time.GetElapsedTime(last.At) < Freshness ? last.Status : null;

    private sealed record Counted(StatusReport Status, long At);
}
