namespace Recollect.Recall.Tool;

/// <summary>A message that <c>recall_memory</c> cites.</summary>
internal sealed record ToolCitationJson(string MessageId, string Role, DateTimeOffset SentAt, string Text);
