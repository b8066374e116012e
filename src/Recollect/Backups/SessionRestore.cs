using System.Text;
using Recollect.Conversations;
using Recollect.Sessions;
using Recollect.Sessions.Files;
using Recollect.State;

namespace Recollect.Backups;

/// <summary>Puts sessions back: each whole or not at all, and none of a person who was forgotten after it began.</summary>
/// <param name="store">The sessions.</param>
/// <param name="tombstones">Who was forgotten, and when.</param>
internal sealed class SessionRestore(FileSessionStore store, IReadOnlyList<Tombstone> tombstones)
{
    private const string Staging = ".restore";

    private readonly SessionFolder _staged = new(Path.Combine(store.Folder.Root, Staging));

    /// <summary>Restores them.</summary>
    public async ValueTask<(int Restored, int There, int Forgotten, int Unreadable)> RunAsync(string path, CancellationToken cancellationToken)
    {
        Clear(); // of a restore that was interrupted
        SessionFolder.Make(store.Folder.Root);
        await BackupFile.ReadAsync(path, async (name, content) =>
        {
            if (name.StartsWith(BackupNames.Sessions, StringComparison.Ordinal))
            {
                await PutAsync(Path.Combine(_staged.Root, name[BackupNames.Sessions.Length..]), content, cancellationToken);
            }
        }, cancellationToken);
        var (restored, there, forgotten, unreadable) = (0, 0, 0, 0);
        foreach (var folder in _staged.Archived().Concat(_staged.Live()).ToArray()) // of one that was archived during the backup the archived copy is whole
        {
            if (Read(folder) is not { } session)
            {
                unreadable++;
            }
            else if (IsForgotten(session))
            {
                forgotten++;
            }
            else if (store.Folder.Find(session.Id) is not null)
            {
                there++;
            }
            else
            {
                Move(folder);
                restored++;
            }
        }

        await RestoreKnownAsync(cancellationToken);
        Clear();
        return (restored, there, forgotten, unreadable);
    }

    /// <summary>Writes a file, readable by its owner alone, and the folders above it.</summary>
    public static async ValueTask PutAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        SessionFolder.Make(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        try
        {
            await using (var file = SessionFolder.Open(partial, FileMode.Create, FileShare.None))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private void Move(string folder)
    {
        var target = Path.Combine(store.Folder.Root, Path.GetRelativePath(_staged.Root, folder));
        SessionFolder.Make(Path.GetDirectoryName(target)!);
        SessionFolder.MakeSession(folder);
        Directory.Move(folder, target);
    }

    private static Session? Read(string folder)
    {
        try
        {
            return SessionJson.ReadSession(SessionFolder.Read(Path.Combine(folder, SessionFolder.SessionFile)), Path.GetFileName(folder), storagePath: null);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private bool IsForgotten(Session session) => tombstones.Any(stone =>
        string.Equals(stone.Tenant, Owner.DefaultTenant, StringComparison.Ordinal) && string.Equals(stone.User, session.Chat, StringComparison.Ordinal) && session.CreatedAt <= stone.ForgottenAt);

    /// <summary>Puts back the lists of which sessions a chat has; ids of sessions that are not there are passed over by who reads them.</summary>
    private async ValueTask RestoreKnownAsync(CancellationToken cancellationToken)
    {
        var forgotten = tombstones.Select(static stone => FileChatSessions.HashOf(stone.User)).ToHashSet(StringComparer.Ordinal);
        foreach (var known in _staged.KnownFiles().Where(path => !forgotten.Contains(Path.GetFileName(path))).ToArray())
        {
            var target = Path.Combine(store.Folder.Root, Path.GetRelativePath(_staged.Root, known));
            SessionFolder.Make(Path.GetDirectoryName(target)!);
            string[] ids = [.. await File.ReadAllLinesAsync(known, cancellationToken), .. File.Exists(target) ? await File.ReadAllLinesAsync(target, cancellationToken) : []];
            await SessionFolder.WriteAsync([(target, Encoding.UTF8.GetBytes(string.Join('\n', ids.Distinct(StringComparer.Ordinal))))], cancellationToken);
        }
    }

    private void Clear()
    {
        if (Directory.Exists(_staged.Root))
        {
            Directory.Delete(_staged.Root, recursive: true);
        }
    }
}
