namespace Recollect.Memorize.Stores;

/// <summary>The memory of a conversation as a table of the backend keeps it.</summary>
/// <param name="Id">The row's id, which stays when the memory is written again.</param>
/// <param name="ConversationId">The source's own id of the conversation.</param>
/// <param name="Json">The memory, a JSON object.</param>
/// <param name="UpdatedAt">When it was last written.</param>
public sealed record ConversationMemory(long Id, string ConversationId, string Json, DateTimeOffset UpdatedAt);
