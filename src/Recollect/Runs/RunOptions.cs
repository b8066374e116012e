using System.ComponentModel.DataAnnotations;

namespace Recollect.Runs;

/// <summary>How runs work and how failures are tried again.</summary>
public sealed class RunOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Runs";

    /// <summary>Gets or sets how often a call that may succeed later is tried within a run.</summary>
    /// <value>Between 4 and 20. The default is 4.</value>
    [Range(4, 20)]
    public int Attempts { get; set; } = 4;

    /// <summary>Gets or sets the pause before the second try; it doubles each time.</summary>
    /// <value>Between 0 and 5 minutes. The default is one second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a conversation that failed is left alone by later runs; it doubles with each failed run, up to a day.</summary>
    /// <value>Between one minute and one day. The default is one minute.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets after how many failed runs a conversation is parked.</summary>
    /// <value>Between 1 and 100. The default is 5.</value>
    [Range(1, 100)]
    public int ParkAfterRuns { get; set; } = 5;

    /// <summary>Gets or sets how many calls of a writer and an embedder outside are under way at once; a quarter more conversations are in hand, so that keeping and storing idle none.</summary>
    /// <value>Between 1 and 1,024; null: one for each processor.</value>
    [Range(1, 1_024)]
    public int? Concurrency { get; set; }
}
