using System.ComponentModel.DataAnnotations;

namespace Recollect;

/// <summary>Where files are kept.</summary>
public sealed class DataOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Data";

    /// <summary>Gets or sets the folder that holds databases, locks and the spool.</summary>
    /// <value>A path, relative to the working folder or absolute. The default is <c>data</c>.</value>
    [Required]
    public string Root { get; set; } = "data";
}
