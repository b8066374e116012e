using System.Text;

namespace Recollect.Ingest.Sources.Files;

/// <summary>An open file, read as UTF-8 whatever its byte order mark says, once or several times from the beginning.</summary>
internal sealed class FileContent : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly int _markLength;
    private readonly Encoding? _encoding;
    private SnapshotStream? _current;

    private FileContent(Stream stream, FoundFile file, ReadOnlySpan<byte> mark)
    {
        _stream = stream;
        File = file;
        Length = stream.Length;
        (_markLength, _encoding) = mark switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (3, null),
            [0xFF, 0xFE, ..] => (2, Encoding.Unicode),
            [0xFE, 0xFF, ..] => (2, Encoding.BigEndianUnicode),
            _ => (0, (Encoding?)null),
        };
    }

    /// <summary>Gets where the file was found.</summary>
    public FoundFile File { get; }

    /// <summary>Gets how long the file was when it was opened, in bytes.</summary>
    public long Length { get; }

    /// <summary>Gets how far the text that was opened last has been read, in bytes of the file.</summary>
    public long BytesRead => _current?.Consumed ?? 0;

    /// <summary>Gets a value indicating whether the file was cut off while it was read.</summary>
    public bool EndedEarly => _current?.EndedEarly ?? false;

    /// <summary>Opens a file.</summary>
    /// <param name="file">Where it is.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ValueTask<FileContent> OpenAsync(FoundFile file, CancellationToken cancellationToken) =>
        OfAsync(
            new FileStream(file.Path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }),
            file,
            cancellationToken);

    /// <summary>Takes an open stream, which is disposed with this.</summary>
    /// <param name="stream">A stream that can go back to its beginning.</param>
    /// <param name="file">What it is called.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">It cannot be read, or is a pipe.</exception>
    public static async ValueTask<FileContent> OfAsync(Stream stream, FoundFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (!stream.CanSeek)
            {
                throw new IOException("It is a pipe or a device, not a file.");
            }

            var mark = new byte[3];
            var read = await stream.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken);
            return new FileContent(stream, file, mark.AsSpan(0, read));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts at the beginning of the text, behind the byte order mark; ends what was opened before.</summary>
    public Stream OpenText()
    {
        var start = Math.Min(_markLength, Length);
        _stream.Position = start;
        _current = new SnapshotStream(_stream, Length - start);
        return _encoding is null ? _current : Encoding.CreateTranscodingStream(_current, _encoding, Encoding.UTF8, leaveOpen: true);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
