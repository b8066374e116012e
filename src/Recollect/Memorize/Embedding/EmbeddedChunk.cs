namespace Recollect.Memorize.Embedding;

/// <summary>A piece of a conversation with its vector.</summary>
public sealed record EmbeddedChunk
{
    /// <summary>Gets the position of the chunk in its conversation, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the position of the first message that the chunk holds, from 0.</summary>
    public required int FirstMessage { get; init; }

    /// <summary>Gets the position of the last message that the chunk holds.</summary>
    public required int LastMessage { get; init; }

    /// <summary>Gets the vector, of unit length.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }
}
