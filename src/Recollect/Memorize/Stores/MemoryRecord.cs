using Recollect.Conversations;
using Recollect.Memorize.Embedding;

namespace Recollect.Memorize.Stores;

/// <summary>A memory with all that a store keeps beside it.</summary>
public sealed record MemoryRecord
{
    /// <summary>Gets the memory.</summary>
    public required Memory Memory { get; init; }

    /// <summary>Gets the messages in order, so that recall can cite their text; empty where text is not kept.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>Gets the chunks with their vectors, in order.</summary>
    public required IReadOnlyList<EmbeddedChunk> Chunks { get; init; }

    /// <summary>Gets the conversation's vector, of unit length.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Gets <see cref="Conversation.EtlHash"/> of the conversation, which cannot be told from what is stored where text is not kept; null where that is not known.</summary>
    internal string? EtlHash { get; init; }
}
