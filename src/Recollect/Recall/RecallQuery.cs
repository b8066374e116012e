using Recollect.Conversations;

namespace Recollect.Recall;

/// <summary>A question to memory. It cannot be asked without an owner.</summary>
public sealed record RecallQuery
{
    /// <summary>The most results that can be asked for.</summary>
    public const int MaxTop = 1_000;

    /// <summary>Gets who asks, and in which scope: only what this owner may see is searched.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Gets the question; any text. Without a letter or digit nothing is found.</summary>
    public required string Text { get; init; }

    /// <summary>Gets how many results at the most.</summary>
    /// <value>Between 1 and 1,000. The default is 5.</value>
    public int Top
    {
        get;
        init => field = value is >= 1 and <= MaxTop ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Top is between 1 and 1,000.");
    } = 5;

    /// <summary>Gets the least similarity of a conversation, as a cosine; null for no bound.</summary>
    /// <value>Between -1 and 1. The default is null.</value>
    public double? MinSimilarity
    {
        get;
        init => field = value is null or (>= -1 and <= 1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The least similarity is between -1 and 1.");
    }
}
