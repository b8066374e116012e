using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Recollect.Ingest.Sources.Files;

/// <summary>One JSON object a line, one message an object.</summary>
internal sealed class JsonLinesFormat : IFileFormat
{
    /// <inheritdoc/>
    public string Title => "JSONL";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head, bool isWhole)
    {
        var isFirst = true;
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].Trim(" \t\r"u8);
            var isCutOff = !isWhole && range.End.Value == head.Length;
            if (line.StartsWith((byte)'{') && (IsObject(line) || (isFirst && (isCutOff || line.Length > 1))))
            {
                return true;
            }

            isFirst &= line.IsEmpty;
        }

        return false;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceMessage> ReadAsync(
        FileContent file, ReadContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var parser = new JsonLineParser(context);
        using var lines = new LineReader(file.OpenText(), context.Options.MaxLineBytes);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryTake(out var line))
            {
                var reason = parser.Parse(line, out var message);
                if (message is not null)
                {
                    yield return message;
                }
                else if (reason is not null)
                {
                    context.Skip(string.Create(CultureInfo.InvariantCulture, $"{file.File.Place}:{line.Number}"), reason);
                }
            }
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
