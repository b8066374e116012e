using System.ComponentModel.DataAnnotations;

namespace Recollect.Ingest.Segmentation;

/// <summary>How messages are grouped into conversations.</summary>
public sealed class SegmentationOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Segmentation";

    /// <summary>Gets or sets the longest silence within a conversation; a gap above it starts a new one.</summary>
    /// <value>Between one second and 365 days. The default is one hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how many messages the shortest conversation has that is memorised.</summary>
    /// <value>Between 1 and 1,000,000. The default is 1.</value>
    [Range(1, 1_000_000)]
    public int MinMessages { get; set; } = 1;

    /// <summary>Gets or sets how much memory messages may take while they are sorted; beyond it they are spooled to disk.</summary>
    /// <value>Between 1 and 65,536, in MiB. The default is 48.</value>
    [Range(1, 65_536)]
    public int MemoryMebibytes { get; set; } = 48;
}
