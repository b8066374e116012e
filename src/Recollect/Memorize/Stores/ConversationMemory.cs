namespace Recollect.Memorize.Stores;

/// <summary>The JSON document that is kept of one conversation beside the tables that it comes from.</summary>
/// <param name="Id">The number of the row; it stays when the document is replaced.</param>
/// <param name="ConversationId">The id of the conversation in the source's table, as text.</param>
/// <param name="Json">The document as the database writes it.</param>
/// <param name="UpdatedAt">When it was written last.</param>
public sealed record ConversationMemory(long Id, string ConversationId, string Json, DateTimeOffset UpdatedAt);
