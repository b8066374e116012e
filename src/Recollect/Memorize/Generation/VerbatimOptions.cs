namespace Recollect.Memorize.Generation;

/// <summary>How conversations are kept word for word.</summary>
public sealed class VerbatimOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation:Verbatim";

    /// <summary>Gets or sets words of which the first ten that a conversation holds become its topics, in this order. Empty unless set.</summary>
    public IList<string> Tags { get; set; } = [];
}
