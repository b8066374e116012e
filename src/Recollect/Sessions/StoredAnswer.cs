namespace Recollect.Sessions;

/// <summary>An answer that a session holds.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Text">The answer.</param>
/// <param name="IsSent">Whether it was handed to the channel.</param>
public sealed record StoredAnswer(string SessionId, string Text, bool IsSent);
