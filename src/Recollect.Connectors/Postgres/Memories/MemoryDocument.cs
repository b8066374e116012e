using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Writes the JSON document that is kept of a conversation, in a form that PostgreSQL takes.</summary>
internal static class MemoryDocument
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512 };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>Gets the document of a memory: the writer's data, or where it gave none summary, topics and facts.</summary>
    public static string Of(Memory memory) => memory.Data is { } data ? Clean(data) : Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("summary", WellFormedText.Of(memory.Summary));
        WriteArray(json, "topics", memory.Topics, topic => json.WriteStringValue(WellFormedText.Of(topic)));
        WriteArray(json, "facts", memory.Facts, fact => Write(json, fact));
        json.WriteEndObject();
    });

    /// <summary>Gets a document with NUL and halves of surrogate pairs replaced in its strings.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string Clean(string document)
    {
        using var parsed = JsonDocument.Parse(document, Reading);
        return Write(json => Write(json, parsed.RootElement));
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Fact fact)
    {
        json.WriteStartObject();
        json.WriteString("text", WellFormedText.Of(fact.Text));
        if (fact.Kind is { } kind)
        {
            json.WriteString("kind", WellFormedText.Of(kind));
        }

        WriteArray(json, "citations", fact.Citations, citation =>
        {
            json.WriteStartObject();
            json.WriteString("message_id", WellFormedText.Of(citation.MessageId));
            if (citation.Quote is { } quote)
            {
                json.WriteString("quote", WellFormedText.Of(quote));
            }

            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(NameOf(property));
                    Write(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(WellFormedText.Of(JsonText.Of(value)));
                break;
            default:
                json.WriteRawValue(value.GetRawText());
                break;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return WellFormedText.Of(property.Name);
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            return "\uFFFD";
        }
    }
}
