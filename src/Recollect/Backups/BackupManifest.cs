namespace Recollect.Backups;

/// <summary>What a backup holds; the last file in it.</summary>
public sealed record BackupManifest
{
    /// <summary>The format that this program writes and reads.</summary>
    public const string CurrentFormat = "recollect-backup/1";

    /// <summary>Gets the format.</summary>
    public required string Format { get; init; }

    /// <summary>Gets when the backup was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets every other file, in order.</summary>
    public required IReadOnlyList<BackupEntry> Entries { get; init; }

    /// <summary>Gets what is not in it and why, a sentence each.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
