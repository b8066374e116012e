using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;
using Recollect.State;
using Recollect.Telemetry;

namespace Recollect.Work;

/// <summary>Looks at the queue now and then, and lets whoever collects metrics see what it saw. Where nobody collects them it does not look.</summary>
/// <remarks>Safe to call concurrently. What is collected is what was seen last; nothing is asked for then.</remarks>
public sealed partial class QueueWatch : IDisposable
{
    private readonly Meter _meter = new(TelemetryNames.Source, Tracing.Version);
    private readonly ObservableGauge<long> _waiting;
    private readonly IWorkQueue _queue;
    private readonly IStateStore _state;
    private readonly string _sourceName;
    private readonly TimeSpan _period;
    private readonly TimeProvider _time;
    private readonly ILogger<QueueWatch> _logger;
    private volatile Sight? _seen;
    private volatile bool _isBlind;

    internal QueueWatch(
        IWorkQueue queue, IStateStore state, IOptions<SourceOptions> source, IOptions<WorkerOptions> worker, TimeProvider time, ILogger<QueueWatch> logger)
    {
        (_queue, _state, _sourceName, _period, _time, _logger) = (queue, state, source.Value.Name, worker.Value.Sweep, time, logger);
        _waiting = Gauge(TelemetryNames.MetricQueueWaiting, "{message}", "Messages that wait", static seen => seen.Depth.Waiting);
        Gauge(TelemetryNames.MetricQueueTaken, "{message}", "Messages in hand", static seen => seen.Depth.Taken);
        Gauge(TelemetryNames.MetricQueueDead, "{message}", "Dead letters", static seen => seen.Depth.Dead);
        Gauge(TelemetryNames.MetricQueueConversations, "{conversation}", "Conversations that are not done", static seen => seen.Count.Waiting);
        Gauge(TelemetryNames.MetricQueueAge, "s", "Age of the oldest conversation that was sent and not answered", AgeOf);
    }

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <remarks>What cannot be seen is logged once, and nothing is shown until it can be seen again.</remarks>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        if (!_waiting.Enabled)
        {
            return;
        }

        try
        {
            await _state.InitializeAsync(cancellationToken);
            _seen = new(await _queue.GetDepthAsync(cancellationToken), await _state.Queued.CountAsync(_sourceName, cancellationToken));
            _isBlind = false;
        }
        catch (RecollectException ex)
        {
            _seen = null;
            if (!_isBlind)
            {
                LogBlind(_logger, ex.Message);
            }

            _isBlind = true;
        }
    }

    /// <summary>Looks every <see cref="WorkerOptions.Sweep"/>.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_period, _time);
        do
        {
            await LookAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private long? AgeOf(Sight seen) => seen.Count.OldestSentAt is { } sent ? Math.Max(0, (long)(_time.GetUtcNow() - sent).TotalSeconds) : 0;

    private ObservableGauge<long> Gauge(string name, string unit, string description, Func<Sight, long?> value) =>
        _meter.CreateObservableGauge(name, () => Observe(value), unit, description);

    private IEnumerable<Measurement<long>> Observe(Func<Sight, long?> value) =>
        _seen is { } seen && value(seen) is { } number ? [new(number, new KeyValuePair<string, object?>(TelemetryNames.TagQueue, _queue.Name))] : [];

    [LoggerMessage(30401, LogLevel.Warning, "How much waits in the queue cannot be seen: {Error}")]
    private static partial void LogBlind(ILogger logger, string error);

    /// <summary>What was seen.</summary>
    private sealed record Sight(QueueDepth Depth, QueuedCount Count);
}
