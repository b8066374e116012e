using System.Diagnostics.Metrics;

namespace Recollect.Telemetry;

/// <summary>The instruments, but for those of the queue, which belong to whoever looks at it.</summary>
internal static class Meters
{
    private static readonly Meter Meter = new(TelemetryNames.Source, Tracing.Version);

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] };

    private static readonly Counter<long> Conversations = Meter.CreateCounter<long>(TelemetryNames.MetricConversations, "{conversation}", "Conversations that runs accounted for");

    private static readonly Counter<long> ModelTokens = Meter.CreateCounter<long>(TelemetryNames.MetricModelTokens, "{token}", "Tokens of model calls");

    private static readonly Counter<long> EmbeddingTokens = Meter.CreateCounter<long>(TelemetryNames.MetricEmbeddingTokens, "{token}", "Tokens of embedding calls");

    private static readonly Counter<long> ChatFailures = Meter.CreateCounter<long>(TelemetryNames.MetricChatFailures, "{failure}", "Failures of memory that a chat client passed over");

    /// <summary>Gets the duration of model calls.</summary>
    public static Histogram<double> ModelDuration { get; } = Duration(TelemetryNames.MetricModelDuration, "Duration of model calls");

    /// <summary>Gets the duration of embedding calls.</summary>
    public static Histogram<double> EmbeddingDuration { get; } = Duration(TelemetryNames.MetricEmbeddingDuration, "Duration of embedding calls");

    /// <summary>Gets the duration of writes of the store.</summary>
    public static Histogram<double> StoreDuration { get; } = Duration(TelemetryNames.MetricStoreDuration, "Duration of writes of the memory store");

    /// <summary>Gets the duration of answers.</summary>
    public static Histogram<double> RecallDuration { get; } = Duration(TelemetryNames.MetricRecallDuration, "Duration of recall");

    /// <summary>Gets the duration of a bot's turns, without what is outside.</summary>
    public static Histogram<double> TurnDuration { get; } = Duration(TelemetryNames.MetricTurnDuration, "Memory's share of a bot's answer");

    /// <summary>Counts a conversation that a run accounted for.</summary>
    public static void CountConversation(string outcome, string? reason, string mode)
    {
        if (Conversations.Enabled)
        {
            KeyValuePair<string, object?>[] why = reason is null ? [] : [new(TelemetryNames.TagReason, reason)];
            Conversations.Add(1, [new(TelemetryNames.TagOutcome, outcome), new(TelemetryNames.TagMode, mode), .. why]);
        }
    }

    /// <summary>Counts what a model call cost.</summary>
    public static void CountModelTokens(string model, long input, long output)
    {
        if (ModelTokens.Enabled)
        {
            ModelTokens.Add(input, new(TelemetryNames.TagDirection, TelemetryNames.DirectionInput), new(TelemetryNames.TagModel, model));
            ModelTokens.Add(output, new(TelemetryNames.TagDirection, TelemetryNames.DirectionOutput), new(TelemetryNames.TagModel, model));
        }
    }

    /// <summary>Counts what an embedding call cost.</summary>
    public static void CountEmbeddingTokens(string model, long tokens) => EmbeddingTokens.Add(tokens, new KeyValuePair<string, object?>(TelemetryNames.TagModel, model));

    /// <summary>Counts a failure of memory that a chat client passed over.</summary>
    public static void CountChatFailure(string reason) => ChatFailures.Add(1, new KeyValuePair<string, object?>(TelemetryNames.TagReason, reason));

    private static Histogram<double> Duration(string name, string description) => Meter.CreateHistogram(name, "s", description, tags: null, Seconds);
}
