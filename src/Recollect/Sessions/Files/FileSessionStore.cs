using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Recollect.Sessions.Files;

/// <summary>Keeps sessions as folders of JSON files, in the layout of the bot whose sessions these were.</summary>
/// <remarks>Which sessions a chat has is known from one look at all folders, and from a file for each chat that every process of ours writes.</remarks>
internal sealed partial class FileSessionStore : ISessionStore
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "files";

    private readonly SessionFolder _folder;
    private readonly ChatLocks _locks;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, ReadSession> _read = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<string, string>> _found;

    /// <summary>Initializes a new instance of the <see cref="FileSessionStore"/> class.</summary>
    /// <param name="options">Where sessions lie.</param>
    /// <param name="data">The data root.</param>
    /// <param name="time">Lets waiting pass.</param>
    /// <param name="logger">Is told what cannot be read.</param>
    public FileSessionStore(IOptions<SessionOptions> options, IOptions<DataOptions> data, TimeProvider time, ILogger<FileSessionStore> logger)
    {
        _folder = new(Path.GetFullPath(Path.Combine(data.Value.Root, options.Value.StorageDir)));
        (_locks, _logger) = (new(_folder, time), logger);
        _found = new(() => _folder.Live().Select(Read).OfType<Session>().ToLookup(static session => session.Chat, static session => session.Id, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public string Name => StoreName;

    /// <summary>Gets the folder.</summary>
    internal SessionFolder Folder => _folder;

    /// <inheritdoc/>
    public async ValueTask<TResult> InChatAsync<TResult>(string chat, Func<IChatSessions, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentNullException.ThrowIfNull(work);
        var hash = FileChatSessions.HashOf(chat);
        return await GuardAsync(async () =>
        {
            using var held = await _locks.TakeAsync(hash, cancellationToken);
            return await work(new FileChatSessions(this, chat, hash), cancellationToken);
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Session> ListAsync(bool archived, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var folder in archived ? _folder.Archived() : _folder.Live())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await GuardAsync(() => ValueTask.FromResult(Read(folder))) is { } session)
            {
                yield return session;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Session>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return GuardAsync(() => ValueTask.FromResult<IReadOnlyList<Session>>([.. ids.Select(_folder.Find).OfType<string>().Select(Read).OfType<Session>()]));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return GuardAsync(() =>
        {
            if (_folder.Find(session.Id) is not { } folder)
            {
                return ValueTask.FromResult<IReadOnlyList<SessionMessage>>([]);
            }

            var messages = new Dictionary<string, SessionMessage>(StringComparer.Ordinal);
            foreach (var id in session.MessageIds.Skip(session.MessageIds.Count - newest)) // a negative number skips none
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(messages, SessionFolder.MessageFile(folder, id), id, session.Id);
            }

            var listed = session.MessageIds.Select(id => SessionFolder.MessageFile(folder, id)).ToHashSet(StringComparer.Ordinal);
            var unlisted = new Dictionary<string, SessionMessage>(StringComparer.Ordinal); // their process was killed before it wrote the list
            foreach (var path in SessionFolder.MessageFiles(folder).Where(path => !listed.Contains(path)))
            {
                Add(unlisted, path, id: null, session.Id);
            }

            var inOrder = session.MessageIds.Where(messages.ContainsKey).Select(id => messages[id]);
            return ValueTask.FromResult<IReadOnlyList<SessionMessage>>(unlisted.Count == 0
                ? [.. inOrder]
                : [.. inOrder.Concat(unlisted.Values.Where(message => !messages.ContainsKey(message.Id)).OrderBy(static message => message.Order)).OrderBy(static message => message.SentAt)]);
        });
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetAsync(string chat, CancellationToken cancellationToken) => Directory.Exists(_folder.Root)
        ? InChatAsync(chat, static (sessions, token) => ValueTask.FromResult(((FileChatSessions)sessions).Forget(token)), cancellationToken)
        : ValueTask.FromResult(0); // a bot that never spoke leaves no folder

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var live = 0;
            await foreach (var _ in ListAsync(archived: false, cancellationToken))
            {
                live++;
            }

            return new(Healthy: true, Directory.Exists(_folder.Root) ? $"{live} sessions in {_folder.Root}" : $"{_folder.Root} is made with the first session");
        }
        catch (SessionStoreException ex)
        {
            return new(Healthy: false, ex.Message);
        }
    }

    /// <summary>Gets the ids of a chat's sessions that one look at the folders found.</summary>
    internal IEnumerable<string> FoundOf(string chat) => _found.Value[chat];

    /// <summary>Reads the session of a folder; null where there is none that can be read.</summary>
    internal Session? Read(string folder)
    {
        var path = Path.Combine(folder, SessionFolder.SessionFile);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return null;
            }

            var version = (file.LastWriteTimeUtc.Ticks, file.Length);
            if (_read.TryGetValue(path, out var known) && known.Version == version)
            {
                return known.Session;
            }

            var session = SessionJson.ReadSession(File.ReadAllBytes(path), Path.GetFileName(folder), _folder.StoragePathOf(folder));
            _read[path] = new(version, session);
            return session;
        }
        catch (FormatException ex)
        {
            LogUnreadable(_logger, path, ex.Message);
            return null;
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException) // archived or forgotten this moment
        {
            return null;
        }
    }

    /// <summary>Forgets what is known of a session's folder.</summary>
    internal void Drop(string folder) => _read.TryRemove(Path.Combine(folder, SessionFolder.SessionFile), out _);

    /// <summary>Reads a message.</summary>
    internal SessionMessage? ReadMessage(string path, string? id, string session)
    {
        var content = SessionFolder.Read(path);
        try
        {
            return content.Length == 0 && !File.Exists(path) ? null : SessionJson.ReadMessage(content, id, session);
        }
        catch (FormatException ex)
        {
            LogUnreadable(_logger, path, ex.Message);
            return null;
        }
    }

    private void Add(Dictionary<string, SessionMessage> messages, string path, string? id, string session)
    {
        if (ReadMessage(path, id, session) is { } message)
        {
            messages.TryAdd(message.Id, message);
        }
    }

    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SessionStoreException($"Sessions in {_folder.Root} cannot be read or written: {ex.Message} Give this user the folder and room on the disk, or set Sessions:StorageDir.", isTransient: ex is IOException, ex);
        }
    }

    [LoggerMessage(8001, LogLevel.Warning, "{Path} is passed over and stays as it is: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string path, string reason);

    /// <summary>A session as its file was.</summary>
    private sealed record ReadSession((long Ticks, long Length) Version, Session Session);
}
