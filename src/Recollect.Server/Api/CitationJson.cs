namespace Recollect.Server.Api;

/// <summary>A cited message.</summary>
internal sealed record CitationJson(string MessageId, string Role, DateTimeOffset SentAt, string Text);
