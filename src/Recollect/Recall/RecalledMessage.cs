using Recollect.Conversations;

namespace Recollect.Recall;

/// <summary>A message that answers a question.</summary>
/// <param name="ConversationId">The conversation, which is also the memory's id.</param>
/// <param name="Message">The message.</param>
/// <param name="Score">The fused score, above 0; comparable within one answer only.</param>
public sealed record RecalledMessage(string ConversationId, Message Message, double Score);
