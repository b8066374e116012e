namespace Recollect.Connectors.Webhook.Files;

/// <summary>A file that is written anew, whole or not at all, and only if its content differs from what is there.</summary>
/// <remarks>While what comes equals what is there, nothing is written; at the first difference a file beside it begins.</remarks>
internal sealed class ReplacedFile : IDisposable
{
    /// <summary>What the name of a file that is not complete ends with.</summary>
    public const string Unfinished = ".partial";

    private const int BufferSize = 128 * 1024;

    private readonly string _path;
    private readonly byte[] _buffer = new byte[BufferSize];
    private FileStream? _before;
    private FileStream? _after;
    private long _same;

    /// <summary>Initializes a new instance of the <see cref="ReplacedFile"/> class.</summary>
    /// <param name="path">The full path; its folder is there.</param>
    public ReplacedFile(string path)
    {
        _path = path;
        _before = File.Exists(path) ? new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;
    }

    /// <summary>Creates a file that only this user may read, or empties the one that is there.</summary>
    /// <param name="path">The full path.</param>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = BufferSize };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }

    /// <summary>Adds what comes next.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_after is null && _before is not null && IsNext(bytes))
        {
            _same += bytes.Length;
        }
        else
        {
            (_after ?? Begin()).Write(bytes);
        }
    }

    /// <summary>Puts the file in its place.</summary>
    /// <returns>False when nothing had to be written.</returns>
    public bool Complete()
    {
        if (_after is null && _before is not null && _before.Length == _same)
        {
            return false;
        }

        var after = _after ?? Begin();
        after.Flush(flushToDisk: true);
        after.Dispose();
        _before?.Dispose();
        File.Move(after.Name, _path, overwrite: true);
        _after = null;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _before?.Dispose();
        if (_after is not null)
        {
            _after.Dispose();
            File.Delete(_after.Name);
        }
    }

    private bool IsNext(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = _buffer.AsSpan(0, Math.Min(_buffer.Length, bytes.Length));
            if (_before!.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length || !bytes.StartsWith(part))
            {
                return false;
            }

            bytes = bytes[part.Length..];
        }

        return true;
    }

    /// <summary>Begins a file beside, with what is the same.</summary>
    private FileStream Begin()
    {
        _after = Create(_path + Unfinished);
        _before?.Seek(0, SeekOrigin.Begin);
        for (var left = _same; left > 0;)
        {
            var part = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, left));
            _before!.ReadExactly(part);
            _after.Write(part);
            left -= part.Length;
        }

        return _after;
    }
}
