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
    public async ValueTask<IReadOnlyList<Session>> ListAsync(bool archived, CancellationToken cancellationToken)
    {
        List<Session> sessions = [];
        foreach (var id in (await KnownAsync(cancellationToken)).Concat(store.FoundOf(chat)).Distinct(StringComparer.Ordinal))
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

        return [.. sessions.OrderByDescending(static session => session.CreatedAt).ThenByDescending(static session => session.LastActive)];
    }

    /// <inheritdoc/>
    public async ValueTask<SessionMessage?> GetMessageAsync(Session session, string id, CancellationToken cancellationToken) =>
        store.Folder.Find(session.Id) is { } folder ? await store.ReadMessageAsync(SessionFolder.MessageFile(folder, id), id, session.Id, cancellationToken) : null;

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
            await WriteSessionAsync(folder, session with { MessageIds = [] }, cancellationToken);
        }

        SessionFolder.MakeSession(folder); // another program's may lack the folder of messages
        await Task.WhenAll(messages.Select(message => Task.Run(() => WriteMessageAsync(SessionFolder.MessageFile(folder, message.Id), message, cancellationToken), cancellationToken))); // at once, so that the disk is waited for once
        await WriteSessionAsync(folder, session, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ArchiveAsync(Session session, CancellationToken cancellationToken)
    {
        if (store.Folder.Find(session.Id) is not { } folder || store.Folder.StoragePathOf(folder) is not null)
        {
            return;
        }

        var place = SessionFolder.ArchivePath(session);
        var target = Path.Combine(store.Folder.Root, place);
        SessionFolder.Make(Path.GetDirectoryName(Path.GetDirectoryName(target))!);
        SessionFolder.Make(Path.GetDirectoryName(target)!);
        await WriteSessionAsync(folder, session with { IsTransferred = true, StoragePath = place }, cancellationToken);
        Directory.Move(folder, target);
        store.Drop(folder);
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

    private static async Task WriteMessageAsync(string path, SessionMessage message, CancellationToken cancellationToken) =>
        await SessionFolder.WriteAsync(path, SessionJson.Write(message, await SessionFolder.ReadAsync(path, cancellationToken)), cancellationToken);

    private async ValueTask WriteSessionAsync(string folder, Session session, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, SessionFolder.SessionFile);
        await SessionFolder.WriteAsync(path, SessionJson.Write(session, await SessionFolder.ReadAsync(path, cancellationToken)), cancellationToken);
        store.Drop(folder);
    }

    private async ValueTask<string[]> KnownAsync(CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await SessionFolder.ReadAsync(KnownFile, cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async ValueTask KnowAsync(string id, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(cancellationToken);
        SessionFolder.Make(Path.GetDirectoryName(KnownFile)!);
        await SessionFolder.WriteAsync(KnownFile, Encoding.UTF8.GetBytes(string.Join('\n', new[] { id }.Concat(known).Distinct(StringComparer.Ordinal).Take(MostKnown))), cancellationToken);
    }
}
