namespace Recollect.Memorize.Stores;

/// <summary>A memory that a lexical search found.</summary>
/// <param name="MemoryId">The memory.</param>
/// <param name="Score">The score, above 0; higher is better; comparable within one search only.</param>
public sealed record LexicalMatch(string MemoryId, double Score);
