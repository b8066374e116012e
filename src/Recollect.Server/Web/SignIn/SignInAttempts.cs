using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Web.SignIn;

/// <summary>Counts wrong keys by the address that they come from, and closes the door to it for a while.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class SignInAttempts : IDisposable
{
    /// <summary>How many wrong keys are taken within <see cref="Window"/>.</summary>
    public const int Most = 10;

    /// <summary>How long wrong keys count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<HttpContext> _wrong = PartitionedRateLimiter.Create<HttpContext, string>(static context =>
        RateLimitPartition.GetFixedWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? string.Empty, static _ => new() { PermitLimit = Most, Window = Window }));

    /// <summary>Tells whether a key may be tried.</summary>
    public bool AreAllowed(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(context, permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>Counts a wrong key.</summary>
    public void Count(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(context);
    }

    /// <inheritdoc/>
    public void Dispose() => _wrong.Dispose();
}
