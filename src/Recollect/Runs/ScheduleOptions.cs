using System.ComponentModel.DataAnnotations;

namespace Recollect.Runs;

/// <summary>When nightly runs are to start.</summary>
public sealed class ScheduleOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Schedule";

    /// <summary>Gets or sets the time of day, in <see cref="Zone"/>.</summary>
    /// <value>Hours and minutes. The default is 03:00.</value>
    public TimeOnly At { get; set; } = new(3, 0);

    /// <summary>Gets or sets the time zone of <see cref="At"/>, right through daylight saving.</summary>
    /// <value>An IANA name such as <c>America/Chicago</c>. The default is <c>UTC</c>.</value>
    [Required]
    public string Zone { get; set; } = "UTC";

    /// <summary>Gets or sets a value indicating whether <c>serve</c> starts the runs itself, so that no timer of the system is needed. The default is false.</summary>
    public bool InServe { get; set; }
}
