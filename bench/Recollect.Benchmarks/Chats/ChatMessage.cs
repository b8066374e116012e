namespace Recollect.Benchmarks.Chats;

/// <summary>A generated message.</summary>
internal sealed record ChatMessage(int Owner, int Thread, int Position, DateTimeOffset SentAt, string Text);
