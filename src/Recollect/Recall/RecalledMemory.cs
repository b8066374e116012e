using Recollect.Conversations;

namespace Recollect.Recall;

/// <summary>A memory that answers a question.</summary>
public sealed record RecalledMemory
{
    /// <summary>Gets the memory.</summary>
    public required Memory Memory { get; init; }

    /// <summary>Gets the fused score, above 0; comparable within one answer only.</summary>
    public required double Score { get; init; }

    /// <summary>Gets the cosine of the question and the best chunk, from -1 to 1; null where the question has no vector.</summary>
    public required double? Similarity { get; init; }

    /// <summary>Gets what the score is made of; in what recall answers, the parts sum to it.</summary>
    public RecallParts Parts { get; init; } = new();

    /// <summary>Gets the messages that speak most for it, best first; empty where text is not kept.</summary>
    public required IReadOnlyList<Message> Citations { get; init; }
}
