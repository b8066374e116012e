using System.Diagnostics;

namespace Recollect.Telemetry;

/// <summary>Adds up the time that a turn spends waiting for a model or an embedder outside, so that what is left is memory's own.</summary>
internal sealed class OutsideTime
{
    private static readonly AsyncLocal<OutsideTime?> Current = new();

    private long _ticks;

    /// <summary>Gets the time so far.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks));

    /// <summary>Begins to add up what is waited for from here on, in this flow.</summary>
    public static OutsideTime Begin() => Current.Value = new();

    /// <summary>Begins a wait; null where nobody adds up.</summary>
    public static IDisposable? Wait() => Current.Value is { } sum ? new Waiting(sum) : null;

    private sealed class Waiting(OutsideTime sum) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose() => Interlocked.Add(ref sum._ticks, Stopwatch.GetTimestamp() - _start);
    }
}
