namespace Recollect.Memorize.Embedding;

/// <summary>The vectors of one conversation.</summary>
internal sealed record EmbeddedConversation
{
    /// <summary>Gets the chunks in order; never empty.</summary>
    public required IReadOnlyList<EmbeddedChunk> Chunks { get; init; }

    /// <summary>Gets the mean of the chunks' vectors, of unit length.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Gets what it cost.</summary>
    public EmbeddingUsage Usage { get; init; }
}
