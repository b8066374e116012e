using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Recollect.Server.Settings;

namespace Recollect.Server.Access;

/// <summary>Counts requests by the minute, for each caller by itself.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class RequestRates(IOptions<ServerOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Caller> _limiter = PartitionedRateLimiter.Create<Caller, string>(caller =>
        RateLimitPartition.GetFixedWindowLimiter(caller.Name ?? string.Empty, _ => new() { PermitLimit = options.Value.RequestsPerMinute, Window = Window }));

    /// <summary>Counts a request.</summary>
    /// <returns>Null where it may be answered; else how long to wait.</returns>
    public TimeSpan? Count(Caller caller)
    {
        using var lease = _limiter.AttemptAcquire(caller);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
