using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>The <c>conversations.json</c> of a ChatGPT data export: one array of conversations, each a tree of messages.</summary>
internal sealed class ChatGptFormat : IFileFormat
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <inheritdoc/>
    public string Title => "ChatGPT export";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head, bool isWhole)
    {
        var space = " \t\r\n"u8;
        var text = head.Trim(space);
        if (!text.StartsWith((byte)'['))
        {
            return false;
        }

        var inside = text[1..].TrimStart(space);
        return inside.SequenceEqual("]"u8) || inside.IndexOf("\"mapping\""u8) >= 0 || inside.IndexOf("\"current_node\""u8) >= 0;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceMessage> ReadAsync(
        FileContent file, ReadContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var elements = new JsonArrayReader(file.OpenText(), context.Options.MaxLineBytes);
        while (await elements.FillAsync(cancellationToken))
        {
            while (elements.TryTake(out var element))
            {
                foreach (var message in Read(element, file.File.Place, context))
                {
                    yield return message;
                }
            }
        }
    }

    private static IReadOnlyList<SourceMessage> Read(in ArrayElement element, string place, ReadContext context)
    {
        var number = FormattableString.Invariant($"conversation {element.Number}");
        var reason = element.IsUnfinished ? "is cut off: the file ends before the export does"
            : element.IsTooLong ? FormattableString.Invariant($"is longer than {context.Options.MaxLineBytes} bytes (Sources:Files:MaxLineBytes)")
            : Utf8.IsValid(element.Bytes.Span) ? null
            : "is not valid UTF-8";
        if (reason is null)
        {
            try
            {
                using var document = JsonDocument.Parse(element.Bytes, Strict);
                return new ChatGptConversation(place, context).Read(document.RootElement, number);
            }
            catch (JsonException)
            {
                reason = "is not valid JSON, repeats a key, or is nested deeper than 64 levels";
            }
            catch (InvalidOperationException)
            {
                reason = "holds a key that is not text";
            }
        }

        context.Skip($"{place}: {number}", reason);
        return [];
    }
}
