namespace Recollect.Sessions;

/// <summary>The sessions of one chat, while nobody else works on them.</summary>
public interface IChatSessions
{
    /// <summary>Lists the sessions of the chat, newest first.</summary>
    /// <param name="archived">Whether archived ones are listed too.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    ValueTask<IReadOnlyList<Session>> ListAsync(bool archived, CancellationToken cancellationToken);

    /// <summary>Gets a message of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null where there is none.</returns>
    ValueTask<SessionMessage?> GetMessageAsync(Session session, string id, CancellationToken cancellationToken);

    /// <summary>Reads the messages of a session, oldest first.</summary>
    /// <param name="session">The session.</param>
    /// <param name="newest">How many are wanted, from the newest on; more may be given.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces a session and messages of it: once this has returned they survive the death of the process and of the machine.</summary>
    /// <param name="session">The session; its message ids are all of it.</param>
    /// <param name="messages">The messages that are new or have changed.</param>
    /// <param name="cancellationToken">Stops it; some messages may be there already, and saving again completes it.</param>
    ValueTask SaveAsync(Session session, IReadOnlyCollection<SessionMessage> messages, CancellationToken cancellationToken);

    /// <summary>Moves a session into the archive, under the day of its last message, and marks it as transferred.</summary>
    /// <param name="session">The session; one that was archived before stays as it is.</param>
    /// <param name="cancellationToken">Stops it; archiving again completes it.</param>
    ValueTask ArchiveAsync(Session session, CancellationToken cancellationToken);
}
