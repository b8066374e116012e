namespace Recollect.Connectors.Sqlite;

/// <summary>Creates files that nobody but this user may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Creates an empty file, and the folder where it is missing; leaves alone what is there.</summary>
    /// <param name="path">The full path.</param>
    public static void Create(string path)
    {
        using var file = Open(path, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Opens a file for writing, and creates it and the folder where they are missing.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    public static FileStream Open(string path, FileShare share)
    {
        var folder = Path.GetDirectoryName(path)!;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
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
