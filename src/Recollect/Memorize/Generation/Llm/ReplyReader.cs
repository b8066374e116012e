using System.Text.Json;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>
/// Finds the JSON object in a reply, also where prose or a code fence stands around it, and checks it. Of several objects the last one that
/// fits counts: models that think aloud write drafts first. Nothing is mended: what is cut off, ambiguous or of another shape is refused.
/// </summary>
internal static class ReplyReader
{
    private const int LongestReply = 4 * 1024 * 1024;
    private const int DeepestLevel = 32;

    private static readonly JsonDocumentOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = DeepestLevel,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a reply.</summary>
    /// <param name="reply">What the model gave.</param>
    /// <param name="schema">What it must fit.</param>
    public static ReadReply Read(string reply, SchemaNode schema)
    {
        if (reply.Length > LongestReply)
        {
            return new(default, "the reply is far too long");
        }

        var found = default(JsonElement?);
        var misfit = "the reply holds no JSON object";
        for (var at = reply.IndexOf('{', StringComparison.Ordinal); at >= 0;)
        {
            var end = EndOfObject(reply, at);
            if (end < 0)
            {
                misfit = "the JSON object of the reply is cut off";
                break;
            }

            if (Parse(reply.AsMemory(at, end - at), schema, out var wrong) is { } data)
            {
                found = data;
            }

            misfit = wrong ?? misfit;
            at = reply.IndexOf('{', end);
        }

        return found is { } fits ? new(fits, Misfit: null) : new(default, misfit);
    }

    private static JsonElement? Parse(ReadOnlyMemory<char> json, SchemaNode schema, out string? misfit)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Tolerant);
            misfit = schema.FindMisfit(document.RootElement);
            return misfit is null ? document.RootElement.Clone() : null;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException) // its sentence may repeat the reply
        {
            misfit = "the reply is no valid JSON, has a field twice, or lies too deep";
            return null;
        }
    }

    /// <summary>Gets the place behind the brace that closes an object; -1 where none does.</summary>
    private static int EndOfObject(string reply, int start)
    {
        var depth = 0;
        for (var i = start; i < reply.Length; i++)
        {
            switch (reply[i])
            {
                case '"':
                    i = EndOfString(reply, i);
                    break;
                case '/' when i + 1 < reply.Length && reply[i + 1] is '/' or '*':
                    i = EndOfComment(reply, i);
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i + 1;
            }
        }

        return -1;
    }

    private static int EndOfString(string reply, int quote)
    {
        for (var i = quote + 1; i < reply.Length; i++)
        {
            if (reply[i] is '\\')
            {
                i++;
            }
            else if (reply[i] is '"')
            {
                return i;
            }
        }

        return reply.Length;
    }

    private static int EndOfComment(string reply, int slash)
    {
        var isLine = reply[slash + 1] is '/';
        var end = reply.IndexOf(isLine ? "\n" : "*/", slash + 2, StringComparison.Ordinal);
        return end < 0 ? reply.Length : isLine ? end : end + 1;
    }
}
