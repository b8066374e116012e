using System.ComponentModel.DataAnnotations;

namespace Recollect.Ingest.Sources;

/// <summary>Which source is read, and under what name its threads are known.</summary>
public sealed class SourceOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sources";

    /// <summary>Gets or sets the source to use.</summary>
    /// <value>A name such as <c>files</c>. The default is <c>files</c>.</value>
    [Required]
    public string Use { get; set; } = "files";

    /// <summary>Gets or sets the name that goes into every id. A change of it makes all conversations new ones.</summary>
    /// <value>Any text but a path. The default is <c>files</c>.</value>
    [Required]
    public string Name { get; set; } = "files";
}
