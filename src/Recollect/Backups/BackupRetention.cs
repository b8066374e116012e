using System.Globalization;
using Recollect.Sessions;
using Recollect.Sessions.Files;

namespace Recollect.Backups;

/// <summary>Deletes what is older than it is to be kept.</summary>
/// <param name="sessions">The sessions; those in a database are left alone.</param>
/// <param name="oldest">The oldest moment that is kept.</param>
internal sealed class BackupRetention(ISessionStore sessions, DateTimeOffset oldest)
{
    /// <summary>Deletes older backups of a folder, by their names; nothing else in it is touched.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="newest">The backup that was just verified, which stays whatever the clock says.</param>
    /// <returns>The names of those that went.</returns>
    public IReadOnlyList<string> DeleteBackups(string folder, string newest)
    {
        string[] old = [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>()
            .Where(name => BackupNames.TimeOf(name) < oldest && !string.Equals(name, newest, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        foreach (var name in old)
        {
            File.Delete(Path.Combine(folder, name));
        }

        return old;
    }

    /// <summary>Deletes archived sessions whose memory is stored and whose day is older; gives how many there were.</summary>
    public int DeleteSessions()
    {
        if (sessions is not FileSessionStore files)
        {
            return 0;
        }

        var deleted = 0;
        foreach (var folder in files.Folder.Archived().Where(IsOld).ToArray())
        {
            var session = Path.Combine(folder, SessionFolder.SessionFile);
            if (File.Exists(session) && files.Read(folder) is not { IsTransferred: true })
            {
                continue; // what cannot be read stays as it is
            }

            File.Delete(session); // first: what is left of it when the process dies here is no session
            Directory.Delete(folder, recursive: true);
            files.Drop(folder);
            deleted++;
            var day = Path.GetDirectoryName(folder)!;
            if (!Directory.EnumerateFileSystemEntries(day).Any())
            {
                Directory.Delete(day);
            }
        }

        return deleted;
    }

    private bool IsOld(string folder) =>
        DateOnly.TryParseExact(Path.GetFileName(Path.GetDirectoryName(folder)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day < DateOnly.FromDateTime(oldest.UtcDateTime);
}
