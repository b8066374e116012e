namespace Recollect.Memorize.Stores;

/// <summary>A memory that a vector search found.</summary>
/// <param name="MemoryId">The memory.</param>
/// <param name="Similarity">The cosine of its best chunk, from -1 to 1, on one scale for every store.</param>
/// <param name="FirstMessage">The position of the best chunk's first message, from 0.</param>
/// <param name="LastMessage">The position of the best chunk's last message.</param>
public sealed record VectorMatch(string MemoryId, double Similarity, int FirstMessage, int LastMessage);
