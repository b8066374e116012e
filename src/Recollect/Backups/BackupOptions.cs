using System.ComponentModel.DataAnnotations;

namespace Recollect.Backups;

/// <summary>How long backups are kept.</summary>
public sealed class BackupOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Backup";

    /// <summary>Gets or sets after how many days a backup is deleted by the next one, and a session that became a memory too.</summary>
    /// <value>From 1 to 36,500. The default is 30.</value>
    [Range(1, 36_500)]
    public int KeepDays { get; set; } = 30;
}
