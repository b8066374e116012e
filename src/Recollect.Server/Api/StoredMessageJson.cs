namespace Recollect.Server.Api;

/// <summary>A message that is kept.</summary>
internal sealed record StoredMessageJson(string MessageId, string Role, string? Author, DateTimeOffset SentAt, string Text);
