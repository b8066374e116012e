using System.ComponentModel.DataAnnotations;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>How the writer <c>extractive</c> chooses what to keep.</summary>
public sealed class ExtractiveOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation:Extractive";

    /// <summary>Gets or sets the longest summary, in UTF-16 units. Part of the writer's version: a change re-makes every memory.</summary>
    /// <value>Between 200 and 4,000. The default is 1,200.</value>
    [Range(200, 4_000)]
    public int MaxCharacters { get; set; } = 1_200;
}
