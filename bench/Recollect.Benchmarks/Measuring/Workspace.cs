namespace Recollect.Benchmarks.Measuring;

/// <summary>A folder for one measurement; kept where it was named, else deleted at the end.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly bool _isKept;

    public Workspace(string? folder)
    {
        _isKept = folder is not null;
        Folder = folder ?? Path.Combine(Path.GetTempPath(), $"recollect-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    public string Chats => Path.Combine(Folder, "chats.jsonl");

    public long MebibytesOnDisk => new DirectoryInfo(Data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) >> 20;

    /// <summary>Gets how many bytes all files of a folder have.</summary>
    public static long BytesIn(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>Gets how much memory of a process is resident, mapped files included.</summary>
    public static long ResidentBytes(int process) =>
        File.ReadLines($"/proc/{process}/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.AsSpan(6).Trim()[..^3], System.Globalization.CultureInfo.InvariantCulture) * 1024).FirstOrDefault();

    /// <summary>Makes a folder that is deleted at the end.</summary>
    public static Workspace Temporary() => new(folder: null);

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
