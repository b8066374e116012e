using System.Buffers;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Tells a file's format by what is in it.</summary>
internal static class FormatDetector
{
    private const int HeadBytes = 64 * 1024;

    private static readonly JsonLinesFormat JsonLines = new();

    // In this order because a chat may quote JSON, while JSON does not begin like a chat.
    private static readonly IFileFormat[] Formats = [new WhatsAppFormat(), new ChatGptFormat(), JsonLines];

    /// <summary>Tells the format; null when it is none that we know.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async ValueTask<IFileFormat?> DetectAsync(FileContent file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(HeadBytes);
        try
        {
            await using var text = file.OpenText();
            var length = await text.ReadAtLeastAsync(buffer.AsMemory(0, HeadBytes), HeadBytes, throwOnEndOfStream: false, cancellationToken);
            return Detect(file.File.Path, buffer.AsSpan(0, length), isWhole: length < HeadBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IFileFormat? Detect(string path, ReadOnlySpan<byte> head, bool isWhole)
    {
        foreach (var format in Formats)
        {
            if (format.Recognises(head, isWhole))
            {
                return format;
            }
        }

        // Text that is nothing yet, in a file named for lines: each line then says for itself what is wrong with it.
        return Path.GetExtension(path).ToUpperInvariant() is ".JSONL" or ".NDJSON" && !head.Contains((byte)0) ? JsonLines : null;
    }
}
