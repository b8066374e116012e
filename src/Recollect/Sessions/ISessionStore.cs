namespace Recollect.Sessions;

/// <summary>Keeps sessions and their messages.</summary>
/// <remarks>
/// Passes <c>SessionStoreConformance</c>. Every member is safe to call concurrently, also from several processes. What a process that was killed
/// wrote in part hides no session. A session or message that cannot be read is named in the log and passed over, and stays where it is.
/// </remarks>
public interface ISessionStore
{
    /// <summary>Gets the name that configuration uses to choose this store.</summary>
    string Name { get; }

    /// <summary>Does work on the sessions of one chat while nobody else does, in this process or another.</summary>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <param name="chat">The chat.</param>
    /// <param name="work">The work. It must not ask for a chat itself.</param>
    /// <param name="cancellationToken">Stops waiting, and the work.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    ValueTask<TResult> InChatAsync<TResult>(string chat, Func<IChatSessions, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken);

    /// <summary>Lists all sessions, in no order.</summary>
    /// <param name="archived">Whether archived ones are listed, or the others.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    IAsyncEnumerable<Session> ListAsync(bool archived, CancellationToken cancellationToken);

    /// <summary>Gets sessions by id, archived ones too; unknown ones are left out.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    ValueTask<IReadOnlyList<Session>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Reads the messages of a session, oldest first.</summary>
    /// <param name="session">The session.</param>
    /// <param name="newest">How many are wanted, from the newest on; more may be given.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken);

    /// <summary>Removes all sessions of a chat, archived ones too.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="cancellationToken">Stops it; forgetting again completes it.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    ValueTask<int> ForgetAsync(string chat, CancellationToken cancellationToken);

    /// <summary>Checks that sessions can be kept and says how to mend it where they cannot.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}
