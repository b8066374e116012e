using System.Text;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>Looks at the bytes of the files in a data root.</summary>
internal static class DatabaseFiles
{
    /// <summary>Gets the files that hold some text, whatever its case.</summary>
    public static IReadOnlyList<string> Holding(string root, string text)
    {
        var needle = Encoding.UTF8.GetBytes(text.ToUpperInvariant());
        return [.. Files(root).Where(file => Upper(ReadAll(file)).AsSpan().IndexOf(needle) >= 0)];
    }

    /// <summary>Gets a hash of every database and log, so that a change of any is seen; the shared memory only counts readers.</summary>
    public static string Fingerprint(string root) =>
        string.Join(' ', Files(root).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).Select(file => $"{Path.GetFileName(file)}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(ReadAll(file)))}"));

    /// <summary>Overwrites a stretch in the middle of a file.</summary>
    public static void Damage(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Seek(file.Length / 2, SeekOrigin.Begin);
        file.Write([.. Enumerable.Repeat((byte)0xA5, 20_000)]);
    }

    private static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(root, "*.db*").Concat(Directory.EnumerateFiles(root, "*.vectors*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    private static byte[] Upper(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = bytes[i] is >= (byte)'a' and <= (byte)'z' ? (byte)(bytes[i] - 32) : bytes[i];
        }

        return bytes;
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
