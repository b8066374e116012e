namespace Recollect.Memorize.Generation;

/// <summary>Which writer makes memories.</summary>
public sealed class GenerationOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation";

    /// <summary>Gets or sets the name of the writer. The default is <c>extractive</c>.</summary>
    public string Use { get; set; } = "extractive";

    /// <summary>Gets or sets what writes a conversation that the writer failed on for good, so that it is not lost.</summary>
    /// <value><c>none</c>, and a later run tries again, or <c>verbatim</c>, whose memory is marked. The default is <c>none</c>.</value>
    public string Fallback { get; set; } = "none";
}
