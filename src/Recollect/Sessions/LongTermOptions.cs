using System.ComponentModel.DataAnnotations;
using Recollect.Recall;

namespace Recollect.Sessions;

/// <summary>What a model is shown of earlier conversations.</summary>
public sealed class LongTermOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sessions:LongTerm";

    /// <summary>Gets or sets a value indicating whether earlier conversations are recalled before an answer. The default is true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how many memories at the most.</summary>
    /// <value>From 1 to 1,000. The default is 5.</value>
    [Range(1, RecallQuery.MaxTop)]
    public int TopK { get; set; } = 5;

    /// <summary>Gets or sets the least similarity of a memory and the message.</summary>
    /// <value>From -1 to 1. The default is 0.7.</value>
    [Range(-1.0, 1.0)]
    public double MinSimilarity { get; set; } = 0.7;
}
