using Recollect.Memorize.Stores;
using Recollect.Telemetry;

namespace Recollect.Runs;

/// <summary>What traces and metrics say of runs.</summary>
internal static class RunTrace
{
    /// <summary>Begins the trace of one conversation.</summary>
    public static TraceSpan? Begin(WorkItem item, Run run)
    {
        var span = Tracing.BeginTrace(TelemetryNames.SpanConversation);
        span?.Tag(TelemetryNames.TagRunId, run.Record.Id);
        span?.Tag(TelemetryNames.TagMode, ModeOf(run.Request));
        span?.Tag(TelemetryNames.TagConversationId, item.Change.Conversation.Id);
        span?.Tag(TelemetryNames.TagMessages, item.Change.Conversation.Messages.Count);
        return span;
    }

    /// <summary>Says which run it is.</summary>
    public static void Describe(TraceSpan? span, RunRequest request) => span?.Tag(TelemetryNames.TagMode, ModeOf(request));

    /// <summary>Says what a run did.</summary>
    public static void Describe(TraceSpan? span, RunReport report)
    {
        span?.Tag(TelemetryNames.TagRunId, report.RunId);
        span?.Tag(TelemetryNames.TagConversations, report.Read);
        span?.Tag(TelemetryNames.TagMade, report.Created + report.Updated);
        span?.Tag(TelemetryNames.TagFailed, report.Failed.Values.Sum());
        span?.Tag(TelemetryNames.TagOutcome, report.Status.ToString().ToLowerInvariant());
    }

    /// <summary>Counts a conversation, and says in its trace what became of it.</summary>
    public static void Account(RunRequest request, string outcome, string? reason)
    {
        if (request.DryRun)
        {
            return;
        }

        Meters.CountConversation(outcome, reason, ModeOf(request));
        if (Tracing.Current(TelemetryNames.SpanConversation) is { } span)
        {
            span.SetTag(TelemetryNames.TagOutcome, outcome);
            span.SetTag(TelemetryNames.TagReason, reason);
            if (outcome is Outcomes.Failed)
            {
                span.SetStatus(System.Diagnostics.ActivityStatusCode.Error, reason);
            }
        }
    }

    /// <summary>Stores a memory within a span, and measures it.</summary>
    public static ValueTask<bool> StoreAsync(this IMemoryStore store, MemoryRecord record, IReadOnlyList<string> superseded, CancellationToken cancellationToken) =>
        Tracing.WithinAsync(TelemetryNames.SpanStore, async span =>
        {
            span?.Tag(TelemetryNames.TagStore, store.Name);
            using var measurement = Measurement.Begin(Meters.StoreDuration, TelemetryNames.TagStore, store.Name);
            await store.UpsertAsync(record, superseded, cancellationToken);
            measurement?.Succeeded();
            return true;
        });

    private static string ModeOf(RunRequest request) => request.Mode.ToString().ToLowerInvariant();
}
