namespace Recollect.State;

/// <summary>A conversation that is not done.</summary>
public sealed record PendingConversation
{
    /// <summary>Gets the conversation's id.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Gets the configured name of its source.</summary>
    public required string Source { get; init; }

    /// <summary>Gets its tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets its user.</summary>
    public required string User { get; init; }

    /// <summary>Gets when its first message was sent, so that a source finds it again without reading what is older; null when that was not noted.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets why it is not done.</summary>
    public required PendingStatus Status { get; init; }

    /// <summary>Gets the content hash that was tried; new content is tried anew. Empty while open.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Gets in how many runs it failed; 0 while open.</summary>
    public int FailedRuns { get; init; }

    /// <summary>Gets the kind of the last failure, as counted in reports; null while open.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the last error in one line, without text of messages; null while open.</summary>
    public string? Error { get; init; }

    /// <summary>Gets when it may be tried again; null while open or parked.</summary>
    public DateTimeOffset? NextTryAt { get; init; }
}
