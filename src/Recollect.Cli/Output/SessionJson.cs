using Recollect.Sessions;

namespace Recollect.Cli.Output;

/// <summary>A session, as <c>sessions</c> prints it.</summary>
internal sealed record SessionJson(
    string Id, string Chat, string Status, int Messages, long Tokens, DateTimeOffset CreatedAt, DateTimeOffset LastActive, DateTimeOffset EndsAt, string? StoragePath)
{
    /// <summary>Describes a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="timeout">How long after its last message it ends.</param>
    /// <param name="now">The time.</param>
    public static SessionJson From(Session session, TimeSpan timeout, DateTimeOffset now) => new(
        session.Id, session.Chat, session.IsArchived ? "archived" : session.HasEnded(timeout, now) ? "ended" : "live",
        session.MessageIds.Count, session.TotalTokens, session.CreatedAt, session.LastActive, session.EndedAt ?? session.LastActive + timeout, session.StoragePath);
}
