using System.Text;
using Microsoft.Extensions.Options;
using Recollect.Sessions;
using Recollect.Sessions.Files;
using Recollect.State;
using Recollect.Transfer;

namespace Recollect.Backups;

/// <summary>Restores backups, past the tombstones of the state that stands. What is there already is left alone.</summary>
public sealed class BackupRestorer
{
    private const string Marker = ".restoring";

    private readonly MemoryArchive _archive;
    private readonly IStateStore _state;
    private readonly ISessionStore _sessions;
    private readonly string _root;

    internal BackupRestorer(MemoryArchive archive, IStateStore state, ISessionStore sessions, IOptions<DataOptions> data) =>
        (_archive, _state, _sessions, _root) = (archive, state, sessions, Path.GetFullPath(data.Value.Root));

    /// <summary>Restores a backup. No bot and no run may be under way. Interrupted, it is completed by doing it again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isForced">Whether to restore into a data root that holds something.</param>
    /// <param name="logFolder">The folder of logs; null: they are not put back.</param>
    /// <param name="cancellationToken">Stops it; doing it again completes it.</param>
    /// <exception cref="BackupException">The backup is damaged, or the data root holds something.</exception>
    /// <exception cref="RecollectException">A store could not be reached, or a run is under way.</exception>
    public async Task<RestoreReport> RestoreAsync(string path, bool isForced, string? logFolder, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var manifest = await BackupFile.VerifyAsync(path, cancellationToken);
        var id = $"{Path.GetFileName(path)} {manifest.CreatedAt:O} {manifest.Entries.Sum(static entry => entry.Size)}";
        await BeginAsync(id, isForced, cancellationToken);
        var report = new RestoreReport(manifest.CreatedAt, 0, 0, 0, 0, 0, 0, State: false, 0, manifest.Missing);
        report = await RestoreStateAsync(path, manifest, report, cancellationToken); // first: it says who was forgotten
        report = await RestoreSessionsAsync(path, manifest, report, cancellationToken);
        report = await RestoreFilesAsync(path, logFolder, report, cancellationToken);
        await BackupFile.ReadAsync(path, async (name, content) =>
        {
            if (name is BackupNames.Memories)
            {
                var import = await _archive.ImportAsync(content, cancellationToken);
                report = report with
                {
                    Memories = import.Imported,
                    MemoriesThere = import.Unchanged,
                    Forgotten = report.Forgotten + import.Forgotten,
                    Unreadable = report.Unreadable + import.UnreadableCount,
                };
            }
        }, cancellationToken);
        File.Delete(Path.Combine(_root, Marker));
        return report;
    }

    /// <summary>Refuses a data root that holds something, unless this restore was begun there before.</summary>
    private async ValueTask BeginAsync(string id, bool isForced, CancellationToken cancellationToken)
    {
        var marker = Path.Combine(_root, Marker);
        SessionFolder.Make(_root);
        var isResumed = string.Equals(Encoding.UTF8.GetString(SessionFolder.Read(marker)), id, StringComparison.Ordinal);
        if (!isForced && !isResumed && Directory.EnumerateFileSystemEntries(_root).Any(entry => Path.GetFileName(entry) is not BackupNames.Folder and not Marker))
        {
            throw new BackupException($"{_root} is not empty. Name another folder with --data-root, or add --force: what is there stays, and what is missing is added.");
        }

        await SessionFolder.WriteAsync([(marker, Encoding.UTF8.GetBytes(id))], cancellationToken);
    }

    private async ValueTask<RestoreReport> RestoreStateAsync(string path, BackupManifest manifest, RestoreReport report, CancellationToken cancellationToken)
    {
        if (!manifest.Entries.Any(static entry => entry.Name is BackupNames.State))
        {
            return report;
        }

        if (_state is not IStateCopy copied)
        {
            return report with { Notes = [.. report.Notes, $"The state in the backup is a file, and State:Use is \"{_state.Name}\" now: it was left out."] };
        }

        var isRestored = false;
        await BackupFile.ReadAsync(path, async (name, content) => isRestored |= name is BackupNames.State && await copied.TryRestoreAsync(content, cancellationToken), cancellationToken);
        return isRestored ? report with { State = true } : report with { Notes = [.. report.Notes, "There is a state already, which stays: runs, and who was forgotten."] };
    }

    private async ValueTask<RestoreReport> RestoreSessionsAsync(string path, BackupManifest manifest, RestoreReport report, CancellationToken cancellationToken)
    {
        if (!manifest.Entries.Any(static entry => entry.Name.StartsWith(BackupNames.Sessions, StringComparison.Ordinal)))
        {
            return report;
        }

        if (_sessions is not FileSessionStore files)
        {
            return report with { Notes = [.. report.Notes, $"The sessions in the backup are files, and Sessions:Store is \"{_sessions.Name}\" now: they were left out."] };
        }

        await _state.InitializeAsync(cancellationToken);
        var restored = await new SessionRestore(files, await _state.Tombstones.ListAsync(cancellationToken)).RunAsync(path, cancellationToken);
        return report with
        {
            Sessions = restored.Restored,
            SessionsThere = restored.There,
            Forgotten = report.Forgotten + restored.Forgotten,
            Unreadable = report.Unreadable + restored.Unreadable,
        };
    }

    /// <summary>Puts logs and the bot's other files back where there is none of the name.</summary>
    private async ValueTask<RestoreReport> RestoreFilesAsync(string path, string? logFolder, RestoreReport report, CancellationToken cancellationToken)
    {
        var files = 0;
        await BackupFile.ReadAsync(path, async (name, content) =>
        {
            var target = name.StartsWith(BackupNames.Data, StringComparison.Ordinal) ? Path.Combine(_root, name[BackupNames.Data.Length..])
                : logFolder is not null && name.StartsWith(BackupNames.Logs, StringComparison.Ordinal) ? Path.Combine(logFolder, name[BackupNames.Logs.Length..])
                : null;
            if (target is not null && !File.Exists(target))
            {
                await SessionRestore.PutAsync(target, content, cancellationToken);
                files++;
            }
        }, cancellationToken);
        return report with { Files = files };
    }
}
