namespace Recollect.Conversations;

/// <summary>A message with the thread partition that it belongs to.</summary>
public sealed record SourceMessage
{
    /// <summary>Gets the thread partition.</summary>
    public required SourceThread Thread { get; init; }

    /// <summary>Gets the message.</summary>
    public required Message Message { get; init; }
}
