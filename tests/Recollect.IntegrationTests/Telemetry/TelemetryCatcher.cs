using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Recollect.Telemetry;

namespace Recollect.IntegrationTests.Telemetry;

/// <summary>Catches the spans and numbers of the flow of calls that made it; other tests go on beside it.</summary>
internal sealed class TelemetryCatcher : IDisposable
{
    private readonly AsyncLocal<bool> _isMine = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _numbers = new();
    private bool _isStarted;

    public TelemetryCatcher()
    {
        _isMine.Value = true;
        _spans = new()
        {
            ShouldListenTo = static source => source.Name is TelemetryNames.Source,
            Sample = (ref _) => _isMine.Value ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (_isMine.Value) // another catcher may have asked for it
                {
                    Spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_spans);
        _numbers.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is TelemetryNames.Source && (!instrument.IsObservable || (_isStarted && _isMine.Value)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _numbers.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _numbers.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _numbers.Start();
        _isStarted = true;
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<CaughtNumber> Numbers { get; } = new();

    public Activity[] Named(string name) => [.. Spans.Where(span => string.Equals(span.OperationName, name, StringComparison.Ordinal))];

    /// <summary>Gets the sum of a counter, where the tag has the value.</summary>
    public long Sum(string name, string tag, string value) =>
        (long)Numbers.Where(number => string.Equals(number.Name, name, StringComparison.Ordinal) && string.Equals((string?)number.Tags.GetValueOrDefault(tag), value, StringComparison.Ordinal)).Sum(number => number.Value);

    /// <summary>Lets the gauges be read.</summary>
    public IReadOnlyDictionary<string, double> ReadGauges()
    {
        Numbers.Clear();
        _numbers.RecordObservableInstruments();
        return Numbers.ToDictionary(number => number.Name, number => number.Value, StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _spans.Dispose();
        _numbers.Dispose();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_isMine.Value)
        {
            Numbers.Enqueue(new(instrument.Name, value, new(tags.ToArray(), StringComparer.Ordinal)));
        }
    }
}
