namespace Recollect.Cli.Output;

/// <summary>A message of a session, as <c>sessions show --json</c> prints it.</summary>
internal sealed record SessionMessageJson(string Id, string Role, string Sender, DateTimeOffset SentAt, string Text, bool IsAnswered, bool IsSent);
