namespace Recollect.Memorize.Generation.Extractive;

/// <summary>One sentence of a conversation.</summary>
internal sealed class Sentence
{
    /// <summary>Gets its place among the sentences of the conversation.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the place of its message in the conversation.</summary>
    public required int Message { get; init; }

    /// <summary>Gets where it starts in the message's text, in UTF-16 units.</summary>
    public required int Start { get; init; }

    /// <summary>Gets how many UTF-16 units it covers.</summary>
    public required int Length { get; init; }

    /// <summary>Gets where its words start in <see cref="Transcript.Words"/>.</summary>
    public required int FirstWord { get; init; }

    /// <summary>Gets how many words it has; at least one.</summary>
    public required int WordCount { get; init; }

    /// <summary>Gets what it tells.</summary>
    public required SentenceSignals Signals { get; init; }

    /// <summary>Gets or sets how much it is worth by itself.</summary>
    public double Score { get; set; }

    /// <summary>Says whether it tells any of the given.</summary>
    /// <param name="signals">One or more.</param>
    public bool Tells(SentenceSignals signals) => (Signals & signals) != SentenceSignals.None;
}
