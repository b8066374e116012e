using Recollect.Conversations;

namespace Recollect.Memorize.Stores;

/// <summary>A message that a lexical search found, or a neighbour of one.</summary>
/// <param name="MemoryId">The memory of its conversation.</param>
/// <param name="Position">The position of the message in the conversation, from 0.</param>
/// <param name="Message">The message.</param>
public sealed record MessageCandidate(string MemoryId, int Position, Message Message);
