namespace Recollect.Ingest.Sources;

/// <summary>One line, row or node that could not be read; the rest of the source goes on.</summary>
/// <param name="Place">Where it is, such as <c>chats.jsonl:17</c>.</param>
/// <param name="Reason">What is wrong, without any of the text.</param>
public sealed record UnreadableItem(string Place, string Reason);
