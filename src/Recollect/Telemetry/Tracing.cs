using System.Diagnostics;

namespace Recollect.Telemetry;

/// <summary>Begins spans. Where nobody listens there are none, and nothing is done.</summary>
internal static class Tracing
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source, Version);

    /// <summary>Gets the version of spans and metrics.</summary>
    public static string? Version => typeof(Tracing).Assembly.GetName().Version?.ToString(3);

    /// <summary>Gets the W3C trace context of a span of the host that is recorded; null where there is none.</summary>
    public static string? RecordedId => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Begins a span within the current one. What a host has begun and does not record is left out, lest ours hang from nothing.</summary>
    public static TraceSpan? Begin(string name, ActivityKind kind = ActivityKind.Internal)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var around = Activity.Current;
        if (around is { Recorded: false } && around.Source != Source)
        {
            Activity.Current = null;
        }

        return Span(Source.StartActivity(name, kind), around);
    }

    /// <summary>Begins the span of a message that was taken.</summary>
    /// <param name="name">The name.</param>
    /// <param name="traceParent">What came with the message: the trace context of its sender, or anything else, which begins a trace.</param>
    public static TraceSpan? BeginTaken(string name, string? traceParent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var around = Activity.Current;
        Activity.Current = null;
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var sender);
        return Span(Source.StartActivity(name, ActivityKind.Consumer, sender), around);
    }

    /// <summary>Begins a trace, with a link to the current span.</summary>
    public static TraceSpan? BeginTrace(string name)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var around = Activity.Current;
        ActivityLink[]? links = around is { IdFormat: ActivityIdFormat.W3C } && around.Source == Source ? [new(around.Context)] : null;
        Activity.Current = null;
        return Span(Source.StartActivity(name, ActivityKind.Internal, default(ActivityContext), tags: null, links), around);
    }

    /// <summary>Does work within a span, and notes its failure.</summary>
    public static async ValueTask<TResult> WithinAsync<TResult>(string name, Func<TraceSpan?, ValueTask<TResult>> work)
    {
        using var span = Begin(name);
        try
        {
            return await work(span);
        }
        catch (Exception ex)
        {
            span?.Fail(ex);
            throw;
        }
    }

    /// <summary>Gets the current span where it is ours and has the name; null elsewhere.</summary>
    public static Activity? Current(string name) =>
        Activity.Current is { IsAllDataRequested: true } activity && activity.Source == Source && string.Equals(activity.OperationName, name, StringComparison.Ordinal) ? activity : null;

    private static TraceSpan? Span(Activity? activity, Activity? around)
    {
        if (activity is null)
        {
            Activity.Current = around;
            return null;
        }

        return new(activity, around);
    }
}
