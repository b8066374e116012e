namespace Recollect.Work;

/// <summary>A message of the work queue.</summary>
/// <param name="Body">The body, as text.</param>
public sealed record QueueMessage(string Body)
{
    /// <summary>Gets the W3C trace context of whoever sent it (<c>traceparent</c>), carried beside the body; null where there is none.</summary>
    public string? TraceParent { get; init; }
}
