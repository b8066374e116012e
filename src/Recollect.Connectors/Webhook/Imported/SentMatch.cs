namespace Recollect.Connectors.Webhook.Imported;

/// <summary>What the program before had sent of a conversation.</summary>
internal sealed record SentMatch
{
    /// <summary>Gets a value indicating whether all of the conversation was sent; false when it has grown since.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Gets the memories that hold words of the conversation.</summary>
    public required IReadOnlyList<ImportedRecord> Matched { get; init; }

    /// <summary>Gets the memories that the conversation's own memory takes the place of.</summary>
    public required IReadOnlyList<ImportedRecord> Taken { get; init; }

    /// <summary>Gets the notes that the conversation's own takes the place of.</summary>
    public required IReadOnlyList<ImportedEntry> TakenEntries { get; init; }

    /// <summary>Gets the receiver's summary; empty where there is none, or none that is this user's.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the receiver's status; null where there is none.</summary>
    public required string? Status { get; init; }

    /// <summary>Gets the workspace's name as it was sent; null where it is not known.</summary>
    public required string? Workspace { get; init; }

    /// <summary>Gets when it was sent; null where it is not known.</summary>
    public required DateTimeOffset? ProcessedAt { get; init; }
}
