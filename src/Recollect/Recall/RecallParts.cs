namespace Recollect.Recall;

/// <summary>Why a memory ranks where it does: what each kind of evidence adds to <see cref="RecalledMemory.Score"/>. The parts that are not null sum to it.</summary>
/// <remarks>Each is between 0 and 1, and comparable within one answer only, as the score is. Null: of this kind there was nothing to weigh.</remarks>
public sealed record RecallParts
{
    /// <summary>Gets what the words of its messages add, by who speaks and whether a time is told where the question asks for that; null where words found no message of it.</summary>
    public double? Words { get; init; }

    /// <summary>Gets what the words of its title, summary, topics and facts add; null where none of them was found.</summary>
    public double? Written { get; init; }

    /// <summary>Gets what messages sent in or near the time that the question names add; null where it names none, or words found no message.</summary>
    public double? Period { get; init; }

    /// <summary>Gets what it adds that messages are newer than others; null where words found no message of it.</summary>
    public double? Recency { get; init; }

    /// <summary>Gets what its nearest vector adds, as far as the vectors of this question can be believed; null where it is not among the nearest.</summary>
    public double? Vector { get; init; }
}
