using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>One JSON object a line, one message an object.</summary>
internal sealed class JsonLinesFormat : IFileFormat
{
    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <inheritdoc/>
    public string Title => "JSONL";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head, bool isWhole)
    {
        var text = head.TrimStart(Space);
        var end = text.IndexOf((byte)'\n');
        var first = (end < 0 ? text : text[..end]).TrimEnd(Space);
        if (end < 0 && !isWhole)
        {
            return first.StartsWith((byte)'{');
        }

        if (first is [(byte)'{'] or [(byte)'[']) // a document that goes over several lines
        {
            return false;
        }

        foreach (var range in text.Split((byte)'\n'))
        {
            if (IsObject(text[range].Trim(Space)))
            {
                return true;
            }
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
        if (!line.StartsWith((byte)'{'))
        {
            return false;
        }

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
