using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Sessions;
using Recollect.Sessions.Files;
using Recollect.State;
using Recollect.Transfer;

namespace Recollect.Backups;

/// <summary>Makes backups: one file each, whole or not at all, verified before it gets its name.</summary>
public sealed partial class BackupMaker
{
    private const string Partial = ".recollect-*.partial";
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);
    private static readonly string[] OtherFiles = ["first-people.txt", TurnNumbers.FileName];

    private readonly MemoryArchive _archive;
    private readonly IStateStore _state;
    private readonly ISessionStore _sessions;
    private readonly BackupOptions _options;
    private readonly string _root;
    private readonly TimeProvider _time;
    private readonly ILogger<BackupMaker> _logger;

    internal BackupMaker(
        MemoryArchive archive, IStateStore state, ISessionStore sessions, IOptions<BackupOptions> options, IOptions<DataOptions> data, TimeProvider time, ILogger<BackupMaker> logger) =>
        (_archive, _state, _sessions, _options, _root, _time, _logger) = (archive, state, sessions, options.Value, Path.GetFullPath(data.Value.Root), time, logger);

    /// <summary>Makes a backup, also while a bot or a run is under way, and then deletes what is older than it is to be kept.</summary>
    /// <param name="request">What else goes into it, and where it goes.</param>
    /// <param name="cancellationToken">Stops it; then there is no backup, and nothing is deleted.</param>
    /// <exception cref="RecollectException">A store could not be read, or what was written cannot be read back.</exception>
    /// <exception cref="IOException">The disk is full, for example.</exception>
    public async Task<BackupReport> MakeAsync(BackupRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var folder = Path.GetFullPath(request.Folder ?? Path.Combine(_root, BackupNames.Folder));
        SessionFolder.Make(folder);
        var begun = _time.GetUtcNow();
        var path = Path.Combine(folder, BackupNames.FileOf(begun));
        if (File.Exists(path))
        {
            throw new BackupException($"{path} exists already: another backup was made this second. Run it again.");
        }

        RemoveAbandoned(folder);
        var partial = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(path)}.{Environment.ProcessId}.partial"));
        try
        {
            var (memories, sessions, entries, missing) = await WriteAsync(partial, begun, request, cancellationToken);
            await BackupFile.VerifyAsync(partial, cancellationToken);
            File.Move(partial, path, overwrite: false);
            var retention = new BackupRetention(_sessions, begun.AddDays(-(request.KeepDays ?? _options.KeepDays)));
            var (deleted, cleaned) = (retention.DeleteBackups(folder, newest: Path.GetFileName(path)), retention.DeleteSessions());
            LogMade(_logger, entries, deleted.Count, cleaned);
            return new(path, new FileInfo(path).Length, entries, memories, sessions, missing, deleted, cleaned);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task<(long Memories, int Sessions, int Entries, IReadOnlyList<string> Missing)> WriteAsync(
        string partial, DateTimeOffset begun, BackupRequest request, CancellationToken cancellationToken)
    {
        await using var writer = new BackupWriter(partial, begun);
        writer.Miss(".env and other secrets: keep a copy of them in a safe place of its own.");
        var sessions = await AddSessionsAsync(writer, cancellationToken); // before the memories: what becomes one meanwhile is in both, never in none
        var memories = 0L;
        await writer.AddMadeAsync(BackupNames.Memories, async staged =>
        {
            await using var file = SessionFolder.Open(staged, FileMode.CreateNew, FileShare.None);
            await using var buffered = new BufferedStream(file, 128 * 1024);
            memories = await _archive.ExportAsync(buffered, isWanted: null, cancellationToken);
        }, cancellationToken);
        await AddStateAsync(writer, cancellationToken);
        foreach (var name in OtherFiles)
        {
            await writer.TryAddAsync(BackupNames.Data + name, Path.Combine(_root, name), cancellationToken);
        }

        if (Path.Combine(_root, BackupNames.Audit) is var audit && File.Exists(audit))
        {
            await AddGrowingAsync(writer, BackupNames.Data + BackupNames.Audit, audit, cancellationToken);
        }

        if (request.ConfigFile is { } config)
        {
            await writer.TryAddAsync(BackupNames.Config + Path.GetFileName(config), config, cancellationToken);
        }

        if (request.LogFolder is { } logs && Directory.Exists(logs))
        {
            await AddLogsAsync(writer, logs, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
        return (memories, sessions, writer.Entries.Count, writer.Missing);
    }

    private async ValueTask AddStateAsync(BackupWriter writer, CancellationToken cancellationToken)
    {
        if (_state is IStateCopy copied)
        {
            await _state.InitializeAsync(cancellationToken);
            await writer.AddMadeAsync(BackupNames.State, staged => copied.CopyAsync(staged, cancellationToken), cancellationToken);
        }
        else
        {
            writer.Miss($"The state in \"{_state.Name}\", with whom was forgotten: back up that database with its own tool.");
        }
    }

    /// <summary>Adds sessions: the live ones first, then the archived ones, so that one that is archived meanwhile is found in the end.</summary>
    private async ValueTask<int> AddSessionsAsync(BackupWriter writer, CancellationToken cancellationToken)
    {
        if (_sessions is not FileSessionStore files)
        {
            writer.Miss($"The sessions in \"{_sessions.Name}\": back up that database with its own tool.");
            return 0;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var session in files.Folder.Live().Concat(files.Folder.Archived()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await AddSessionAsync(writer, files.Folder, session, cancellationToken))
            {
                ids.Add(Path.GetFileName(session));
            }
        }

        foreach (var known in files.Folder.KnownFiles())
        {
            await writer.TryAddAsync(NameOf(files.Folder, known), known, cancellationToken);
        }

        return ids.Count;
    }

    /// <summary>Adds the session first and its messages then: each that it names was written before it.</summary>
    private static async ValueTask<bool> AddSessionAsync(BackupWriter writer, SessionFolder sessions, string folder, CancellationToken cancellationToken)
    {
        var session = Path.Combine(folder, SessionFolder.SessionFile);
        if (!BackupNames.IsOurs(NameOf(sessions, session)) || !await writer.TryAddAsync(NameOf(sessions, session), session, cancellationToken))
        {
            return false;
        }

        try
        {
            foreach (var message in SessionFolder.MessageFiles(folder).Where(path => BackupNames.IsOurs(NameOf(sessions, path))).Order(StringComparer.Ordinal))
            {
                await writer.TryAddAsync(NameOf(sessions, message), message, cancellationToken);
            }
        }
        catch (DirectoryNotFoundException) // archived this moment, and found among the archived ones
        {
        }

        return true;
    }

    private static string NameOf(SessionFolder sessions, string path) => BackupNames.Sessions + Path.GetRelativePath(sessions.Root, path).Replace(Path.DirectorySeparatorChar, '/');

    private static async ValueTask AddLogsAsync(BackupWriter writer, string folder, CancellationToken cancellationToken)
    {
        foreach (var log in Directory.EnumerateFiles(folder, "recollect_*.log").Order(StringComparer.Ordinal).Where(File.Exists))
        {
            await AddGrowingAsync(writer, BackupNames.Logs + Path.GetFileName(log), log, cancellationToken);
        }
    }

    /// <summary>Adds a copy of a file that somebody writes to.</summary>
    private static ValueTask AddGrowingAsync(BackupWriter writer, string name, string path, CancellationToken cancellationToken) => writer.AddMadeAsync(name, async staged =>
    {
        await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var to = SessionFolder.Open(staged, FileMode.CreateNew, FileShare.None);
        await from.CopyToAsync(to, cancellationToken);
    }, cancellationToken);

    /// <summary>Deletes what a backup left that was killed. A younger one may be under way.</summary>
    private void RemoveAbandoned(string folder)
    {
        var oldest = _time.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var path in Directory.EnumerateFiles(folder, Partial).Where(path => File.GetLastWriteTimeUtc(path) < oldest))
        {
            File.Delete(path);
        }
    }

    [LoggerMessage(11001, LogLevel.Information, "Backup made with {Files} files; {Deleted} older backups and {Cleaned} old sessions deleted")]
    private static partial void LogMade(ILogger logger, int files, int deleted, int cleaned);
}
