namespace Recollect.Conformance;

/// <summary>Who may read and write a file, where the system tells.</summary>
public static class UnixMode
{
    /// <summary>The owner may read and write, nobody else anything.</summary>
    public const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Gets the mode of a file or folder; of one on Windows, where there is none, <see cref="OwnFile"/>.</summary>
    /// <param name="path">The file or folder.</param>
    public static UnixFileMode Of(string path) => OperatingSystem.IsWindows() ? OwnFile : File.GetUnixFileMode(path);
}
