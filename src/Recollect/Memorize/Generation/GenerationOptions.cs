namespace Recollect.Memorize.Generation;

/// <summary>Which writer makes memories.</summary>
public sealed class GenerationOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation";

    /// <summary>Gets or sets the name of the writer. The default is <c>extractive</c>.</summary>
    public string Use { get; set; } = "extractive";
}
