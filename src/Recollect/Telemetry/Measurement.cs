using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Recollect.Telemetry;

/// <summary>Measures how long a call takes, and whether it succeeds.</summary>
internal sealed class Measurement : IDisposable
{
    private readonly Histogram<double> _histogram;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly long _start = Stopwatch.GetTimestamp();
    private string _outcome = TelemetryNames.OutcomeFailed;

    private Measurement(Histogram<double> histogram, KeyValuePair<string, object?> tag) => (_histogram, _tag) = (histogram, tag);

    /// <summary>Begins, where somebody listens; null elsewhere.</summary>
    public static Measurement? Begin(Histogram<double> histogram, string tag, string value) => histogram.Enabled ? new(histogram, new(tag, value)) : null;

    /// <summary>Notes that the call gave what was asked.</summary>
    public void Succeeded() => _outcome = TelemetryNames.OutcomeSucceeded;

    /// <inheritdoc/>
    public void Dispose() => _histogram.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, _tag, new(TelemetryNames.TagOutcome, _outcome));
}
