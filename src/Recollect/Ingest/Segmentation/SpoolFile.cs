using System.Text;

namespace Recollect.Ingest.Segmentation;

/// <summary>One sorted run of messages on disk, readable by its owner alone and deleted on disposal.</summary>
internal sealed class SpoolFile : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly FileStream _stream;

    private SpoolFile(FileStream stream) => _stream = stream;

    /// <exception cref="SpoolException">The file cannot be made.</exception>
    public static SpoolFile Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = BufferBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new(new FileStream(path, options));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw Unspoolable(path, ex);
        }
    }

    /// <exception cref="SpoolException">The disk is full or cannot be written.</exception>
    public void Write(IEnumerable<ThreadMessages> threads)
    {
        try
        {
            using var writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
            foreach (var thread in threads)
            {
                var isFirst = true;
                foreach (var message in thread.Messages)
                {
                    writer.Write(isFirst);
                    if (isFirst)
                    {
                        SpoolFormat.Write(writer, thread.Thread);
                        isFirst = false;
                    }

                    SpoolFormat.Write(writer, message);
                }
            }

            writer.Flush();
            _stream.Flush();
        }
        catch (IOException ex)
        {
            throw Unspoolable(_stream.Name, ex);
        }
    }

    public SpoolReader OpenReader()
    {
        _stream.Position = 0;
        return new(new BinaryReader(_stream, Encoding.UTF8, leaveOpen: true), _stream.Length);
    }

    public void Dispose() => _stream.Dispose();

    private static SpoolException Unspoolable(string path, Exception ex) => new(
        $"Messages could not be spooled to {path}: {ex.Message} Free some space there and run again; nothing was lost.", ex);
}
