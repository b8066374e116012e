using System.ComponentModel.DataAnnotations;

namespace Recollect.Cli.Settings;

/// <summary>How long log files are kept.</summary>
internal sealed class LogOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Logs";

    /// <summary>Gets or sets after how many days log files of runs are deleted.</summary>
    /// <value>Between 1 and 3,650. The default is 30.</value>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 30;
}
