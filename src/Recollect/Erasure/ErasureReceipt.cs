namespace Recollect.Erasure;

/// <summary>What forgetting a user removed.</summary>
public sealed record ErasureReceipt
{
    /// <summary>Gets the tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets the user.</summary>
    public required string User { get; init; }

    /// <summary>Gets the moment up to which messages stay forgotten.</summary>
    public required DateTimeOffset ForgottenAt { get; init; }

    /// <summary>Gets the memories removed, with their index entries.</summary>
    public required long Memories { get; init; }

    /// <summary>Gets the messages removed.</summary>
    public required long Messages { get; init; }

    /// <summary>Gets the chunk vectors removed.</summary>
    public required long Chunks { get; init; }

    /// <summary>Gets the entries removed from run journal, pending list, outbox, paid-for writings and embeddings, the kept files of chats, and of what a mirror took over.</summary>
    public required long StateEntries { get; init; }

    /// <summary>Gets the live and archived conversations with a bot that were removed.</summary>
    public long Sessions { get; init; }

    /// <summary>Gets the files that still hold the user's data and that only a person can delete, such as exports and backups.</summary>
    public required IReadOnlyList<string> Backups { get; init; }
}
