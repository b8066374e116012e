using System.Diagnostics;

namespace Recollect.Telemetry;

/// <summary>A span under way. When it ends, the one around it is the current one again.</summary>
internal sealed class TraceSpan(Activity activity, Activity? around) : IDisposable
{
    /// <summary>Gets the W3C trace context, for messages that lead here.</summary>
    public string? Id => activity.Id;

    /// <summary>Adds an id, a count, a name from the settings, or a reason; never a text.</summary>
    public void Tag(string name, object? value)
    {
        if (activity.IsAllDataRequested)
        {
            activity.SetTag(name, value);
        }
    }

    /// <summary>Notes that what it is about failed.</summary>
    /// <param name="reason">Why, without any text of conversations.</param>
    public void Fail(string reason)
    {
        Tag(TelemetryNames.TagOutcome, TelemetryNames.OutcomeFailed);
        activity.SetStatus(ActivityStatusCode.Error, reason);
    }

    /// <summary>Notes a failure. The sentence of one that is not ours may hold anything: its type must do.</summary>
    public void Fail(Exception failure)
    {
        if (failure is OperationCanceledException)
        {
            Tag(TelemetryNames.TagOutcome, TelemetryNames.OutcomeCancelled);
        }
        else
        {
            Fail(failure is RecollectException ? failure.Message : failure.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        activity.Dispose();
        Activity.Current = around;
    }
}
