namespace Recollect.Backups;

/// <summary>What a backup is made of besides the data, and where it goes.</summary>
public sealed record BackupRequest
{
    /// <summary>Gets the folder for it; null: <c>backups</c> in the data root.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets after how many days backups are deleted; null: what the settings say.</summary>
    public int? KeepDays { get; init; }

    /// <summary>Gets the config file; null for none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Gets the folder of logs; null for none.</summary>
    public string? LogFolder { get; init; }
}
