namespace Recollect.Connectors.Sqlite;

/// <summary>Creates files that nobody but this user may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Creates an empty file, and the folder where it is missing.</summary>
    /// <remarks>Never opens a file that is there: closing it would drop the locks that SQLite may have on it in this process.</remarks>
    /// <param name="path">The full path.</param>
    public static void CreateIfMissing(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Open(path, FileMode.CreateNew, FileShare.ReadWrite | FileShare.Delete).Dispose();
            }
        }
        catch (IOException) when (File.Exists(path)) // another was faster
        {
        }
    }

    /// <summary>Opens a file for this process alone, and creates it and the folder where they are missing.</summary>
    /// <param name="path">The full path.</param>
    public static FileStream OpenAlone(string path) => Open(path, FileMode.OpenOrCreate, FileShare.None);

    /// <summary>Does what <see cref="OpenAlone"/> does, but where another has it open.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Null where another has it open for itself alone.</returns>
    public static FileStream? TryOpenAlone(string path)
    {
        try
        {
            return OpenAlone(path);
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
    }

    private static bool IsHeld(IOException error) =>
        error.GetType() == typeof(IOException) && (error.HResult & 0xFFFF) is 11 or 13 or 32 or 33 or 35; // EAGAIN, EACCES, Windows' sharing violations, EAGAIN of macOS

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var folder = Path.GetDirectoryName(path)!;
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnFolder);
            options.UnixCreateMode = OwnFile;
        }

        return new(path, options);
    }
}
