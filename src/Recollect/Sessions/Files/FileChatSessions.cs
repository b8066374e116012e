using System.Text;
using Recollect.Conversations;

namespace Recollect.Sessions.Files;

/// <summary>The sessions of one chat, whose lock is held.</summary>
internal sealed class FileChatSessions(FileSessionStore store, string chat, string hash) : IChatSessions
{
    private const int MostKnown = 16; // the newest sessions of a chat, archived ones too

    private string KnownFile => Path.Combine(store.Folder.Root, SessionFolder.Chats, hash);

    /// <summary>Gets what stands for a chat in names of files.</summary>
    public static string HashOf(string chat) => StableHash.Of(16, "chat", chat);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Session>> ListAsync(bool archived, CancellationToken cancellationToken)
    {
        List<Session> sessions = [];
        foreach (var id in Known().Concat(store.FoundOf(chat)).Distinct(StringComparer.Ordinal))
        {
            if ((archived ? store.Folder.Find(id) : store.Folder.FindLive(id)) is not { } folder)
            {
                continue;
            }

            if (store.Folder.StoragePathOf(folder) is null) // an archived one does not change
            {
                store.Drop(folder); // the clock of the file system is too coarse to tell two changes apart
            }

            if (store.Read(folder) is { } session && string.Equals(session.Chat, chat, StringComparison.Ordinal) && (archived || !session.IsArchived))
            {
                sessions.Add(session);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<Session>>([.. sessions.OrderByDescending(static session => session.CreatedAt).ThenByDescending(static session => session.LastActive)]);
    }

    /// <inheritdoc/>
    public ValueTask<SessionMessage?> GetMessageAsync(Session session, string id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(store.Folder.Find(session.Id) is { } folder ? store.ReadMessage(SessionFolder.MessageFile(folder, id), id, session.Id) : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken) =>
        store.ReadMessagesAsync(session, newest, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveAsync(Session session, IReadOnlyCollection<SessionMessage> messages, CancellationToken cancellationToken)
    {
        if (store.Folder.Find(session.Id) is not { } folder)
        {
            folder = store.Folder.LiveOf(session.Id);
            await KnowAsync(session.Id, cancellationToken); // first, so that every process finds the session
            SessionFolder.MakeSession(folder);
            await WriteAsync([SessionFileOf(folder, session with { MessageIds = [] })], cancellationToken);
        }

        SessionFolder.MakeSession(folder); // another program's may lack the folder of messages
        await WriteAsync([.. messages.Select(message => MessageFileOf(folder, message)), SessionFileOf(folder, session)], cancellationToken);
        store.Drop(folder);
    }

    /// <inheritdoc/>
    public async ValueTask ArchiveAsync(Session session, CancellationToken cancellationToken)
    {
        if (store.Folder.Find(session.Id) is { } folder && store.Folder.StoragePathOf(folder) is null)
        {
            var place = SessionFolder.ArchivePath(session);
            var target = Path.Combine(store.Folder.Root, place);
            SessionFolder.Make(Path.GetDirectoryName(Path.GetDirectoryName(target))!);
            SessionFolder.Make(Path.GetDirectoryName(target)!);
            await WriteAsync([SessionFileOf(folder, session with { IsTransferred = true, StoragePath = place })], cancellationToken);
            Directory.Move(folder, target);
            store.Drop(folder);
        }
    }

    /// <summary>Removes all sessions of the chat, archived ones too; gives how many there were.</summary>
    public int Forget(CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var folder in store.Folder.Live().Concat(store.Folder.Archived()).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (store.Read(folder) is { } session && string.Equals(session.Chat, chat, StringComparison.Ordinal))
            {
                Directory.Delete(folder, recursive: true);
                store.Drop(folder);
                forgotten++;
            }
        }

        if (File.Exists(KnownFile))
        {
            File.Delete(KnownFile);
        }

        return forgotten;
    }

    private static (string Path, byte[] Before, byte[] Content) MessageFileOf(string folder, SessionMessage message)
    {
        var path = SessionFolder.MessageFile(folder, message.Id);
        var before = SessionFolder.Read(path);
        return (path, before, SessionJson.Write(message, before));
    }

    private static (string Path, byte[] Before, byte[] Content) SessionFileOf(string folder, Session session)
    {
        var path = Path.Combine(folder, SessionFolder.SessionFile);
        var before = SessionFolder.Read(path);
        return (path, before, SessionJson.Write(session, before));
    }

    private static ValueTask WriteAsync(IEnumerable<(string Path, byte[] Before, byte[] Content)> files, CancellationToken cancellationToken) =>
        SessionFolder.WriteAsync([.. files.Where(static file => !file.Content.AsSpan().SequenceEqual(file.Before)).Select(static file => (file.Path, file.Content))], cancellationToken);

    private string[] Known() => Encoding.UTF8.GetString(SessionFolder.Read(KnownFile)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private ValueTask KnowAsync(string id, CancellationToken cancellationToken)
    {
        SessionFolder.Make(Path.GetDirectoryName(KnownFile)!);
        return SessionFolder.WriteAsync([(KnownFile, Encoding.UTF8.GetBytes(string.Join('\n', new[] { id }.Concat(Known()).Distinct(StringComparer.Ordinal).Take(MostKnown))))], cancellationToken);
    }
}
