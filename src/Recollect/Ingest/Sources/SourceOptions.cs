namespace Recollect.Ingest.Sources;

/// <summary>Which source is read.</summary>
public sealed class SourceOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sources";

    /// <summary>Gets or sets the kind of source. The default is <c>files</c>.</summary>
    public string Use { get; set; } = "files";

    /// <summary>Gets or sets the name that becomes part of every conversation's id; keep it when files or hosts move.</summary>
    /// <value>Any name but a path. The default is <c>files</c>.</value>
    public string Name { get; set; } = "files";
}
