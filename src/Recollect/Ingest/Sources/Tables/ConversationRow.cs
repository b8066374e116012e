using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>A conversation as its table has it.</summary>
/// <param name="Id">Its id as text.</param>
/// <param name="UpdatedAt">When it changed, as the server wrote it; null where it does not say.</param>
/// <param name="Thread">The thread that all its messages share.</param>
internal sealed record ConversationRow(string Id, string? UpdatedAt, SourceThread Thread);
