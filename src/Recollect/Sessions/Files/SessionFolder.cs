using System.Collections.Concurrent;
using System.Globalization;
using Recollect.Conversations;

namespace Recollect.Sessions.Files;

/// <summary>The folder of sessions: where things lie, and how they are written.</summary>
/// <param name="root">The full path.</param>
internal sealed class SessionFolder(string root)
{
    /// <summary>The name of a session's own file.</summary>
    public const string SessionFile = "session.json";

    /// <summary>The name of the folder with a file for each chat, which names its newest sessions.</summary>
    public const string Chats = ".chats";

    private const string Expired = "expired";
    private const string Messages = "messages";
    private const string Suffix = ".json";
    private const int LongestName = 100;
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static int _written;

    private readonly ConcurrentDictionary<string, string> _archived = new(StringComparer.Ordinal); // an archived session moves no more

    /// <summary>Gets the full path.</summary>
    public string Root => root;

    /// <summary>Gets the folders of sessions that are not archived.</summary>
    public IEnumerable<string> Live() => Folders(root).Where(static path => Path.GetFileName(path) is not Expired);

    /// <summary>Gets the folders of archived sessions, by day.</summary>
    public IEnumerable<string> Archived() => Folders(Path.Combine(root, Expired)).SelectMany(Folders);

    /// <summary>Finds the folder of a session that is not archived; null where there is none.</summary>
    public string? FindLive(string id) => LiveOf(id) is var live && File.Exists(Path.Combine(live, SessionFile)) ? live : null;

    /// <summary>Finds the folder of a session, of an archived one too; null where there is none.</summary>
    public string? Find(string id) => FindLive(id) ?? FindArchived(NameOf(id));

    /// <summary>Gets the folder of a session that is not archived.</summary>
    public string LiveOf(string id) => Path.Combine(root, NameOf(id));

    /// <summary>Gets where a session is archived, relative to the root.</summary>
    public static string ArchivePath(Session session) =>
        string.Create(CultureInfo.InvariantCulture, $"{Expired}/{session.LastActive.UtcDateTime:yyyy-MM-dd}/{NameOf(session.Id)}");

    /// <summary>Gets what stands for the place of a session's folder in its file; null for one that is not archived.</summary>
    public string? StoragePathOf(string folder) =>
        Path.GetRelativePath(root, folder).Replace('\\', '/') is var path && path.StartsWith(Expired + "/", StringComparison.Ordinal) ? path : null;

    /// <summary>Gets the file of a message.</summary>
    public static string MessageFile(string folder, string id) => Path.Combine(folder, Messages, NameOf(id) + Suffix);

    /// <summary>Gets the files of messages that are complete.</summary>
    public static IEnumerable<string> MessageFiles(string folder) => Directory.Exists(Path.Combine(folder, Messages))
        ? Directory.EnumerateFiles(Path.Combine(folder, Messages), "*" + Suffix).Where(static path => !Path.GetFileName(path).StartsWith('.'))
        : [];

    /// <summary>Gets the files that name the newest sessions of each chat.</summary>
    public IEnumerable<string> KnownFiles() => Directory.Exists(Path.Combine(root, Chats))
        ? Directory.EnumerateFiles(Path.Combine(root, Chats)).Where(static path => !Path.GetFileName(path).StartsWith('.'))
        : [];

    /// <summary>Makes a folder that only this user may enter.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnFolder);
        }
    }

    /// <summary>Makes the folder of a session.</summary>
    public static void MakeSession(string folder)
    {
        Make(folder);
        Make(Path.Combine(folder, Messages));
    }

    /// <summary>Opens a file that only this user may read, and makes it where it is not there.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return new(path, options);
    }

    /// <summary>Writes files whole, or not at all: what is there before is there until the new ones are on the disk.</summary>
    /// <param name="files">The paths and contents, in the order in which they appear.</param>
    /// <param name="cancellationToken">Stops it before it has begun.</param>
    /// <remarks>All are written before the first is waited for, in the calling thread, and all are waited for together, so that the disk flushes once.</remarks>
    public static async ValueTask WriteAsync(IReadOnlyList<(string Path, byte[] Content)> files, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<FileStream> unfinished = [];
        try
        {
            foreach (var (path, content) in files)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $".{Environment.ProcessId}-{Interlocked.Increment(ref _written)}.partial");
                unfinished.Add(Open(Path.Combine(Path.GetDirectoryName(path)!, name), FileMode.Create, FileShare.None));
                unfinished[^1].Write(content);
            }

            await Task.WhenAll(unfinished.Select(static file => Task.Run(() => file.Flush(flushToDisk: true), CancellationToken.None)));
            unfinished.ForEach(static file => file.Dispose());
            for (var i = 0; i < files.Count; i++)
            {
                File.Move(unfinished[i].Name, files[i].Path, overwrite: true);
            }
        }
        catch
        {
            foreach (var file in unfinished)
            {
                file.Dispose();
                File.Delete(file.Name); // one that was moved is there under its own name
            }

            throw;
        }
    }

    /// <summary>Gets a file's content; empty where there is none.</summary>
    public static byte[] Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : []; // most often there is none, and an exception takes longer than a look
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Gets a name of a file that stays in its folder, whatever the id is.</summary>
    private static string NameOf(string id) =>
        id.Length is > 0 and <= LongestName && id[0] != '.' && id is not Expired && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? id : "id-" + StableHash.Of(16, id);

    private string? FindArchived(string name)
    {
        if (_archived.TryGetValue(name, out var known) && File.Exists(Path.Combine(known, SessionFile)))
        {
            return known;
        }

        var found = Folders(Path.Combine(root, Expired)).Select(day => Path.Combine(day, name)).FirstOrDefault(path => File.Exists(Path.Combine(path, SessionFile)));
        if (found is not null)
        {
            _archived[name] = found;
        }

        return found;
    }

    private static IEnumerable<string> Folders(string path) =>
        Directory.Exists(path) ? Directory.EnumerateDirectories(path).Where(static folder => !Path.GetFileName(folder).StartsWith('.')) : [];
}
