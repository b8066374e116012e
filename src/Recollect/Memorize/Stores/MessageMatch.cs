namespace Recollect.Memorize.Stores;

/// <summary>A message that a lexical search found.</summary>
/// <param name="MemoryId">The memory of its conversation.</param>
/// <param name="Position">The position of the message in the conversation, from 0.</param>
/// <param name="Score">The score, above 0; higher is better; comparable within one search only.</param>
public sealed record MessageMatch(string MemoryId, int Position, double Score);
