namespace Recollect.Sessions;

/// <summary>A bot's live conversation with one chat.</summary>
public sealed record Session
{
    /// <summary>Gets the id, the name of the session's folder.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the chat, a person or a group, as the channel names it.</summary>
    public required string Chat { get; init; }

    /// <summary>Gets the ids of its messages, oldest first.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when its last message came.</summary>
    public required DateTimeOffset LastActive { get; init; }

    /// <summary>Gets when it was ended before its time, with <c>/reset</c> or by the message that began the next; null: it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets the tokens of its messages.</summary>
    public long TotalTokens { get; init; }

    /// <summary>Gets a value indicating whether its memory is stored.</summary>
    public bool IsTransferred { get; init; }

    /// <summary>Gets where it was archived, relative to the folder of sessions, such as <c>expired/2026-01-21/ID</c>; null while it was not.</summary>
    public string? StoragePath { get; init; }

    /// <summary>Gets a value indicating whether it was archived.</summary>
    public bool IsArchived => StoragePath is not null;

    /// <summary>Tells whether it has ended, so that no message is added to it any more.</summary>
    /// <param name="timeout">How long after its last message a session ends; exactly so long after it has ended.</param>
    /// <param name="now">The time.</param>
    /// <remarks>One whose last message lies further ahead than that was written by a clock that was wrong, and has ended too.</remarks>
    public bool HasEnded(TimeSpan timeout, DateTimeOffset now) =>
        EndedAt is not null || IsArchived || IsTransferred || now - LastActive >= timeout || LastActive - now > timeout;
}
