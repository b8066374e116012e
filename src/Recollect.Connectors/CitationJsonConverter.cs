using System.Text.Json;
using System.Text.Json.Serialization;
using Recollect.Conversations;

namespace Recollect.Connectors;

/// <summary>Writes a citation as its message id, or as a pair of message id and quote.</summary>
internal sealed class CitationJsonConverter : JsonConverter<Citation>
{
    /// <inheritdoc/>
    public override Citation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new() { MessageId = reader.GetString()! };
        }

        reader.Read();
        var id = reader.GetString()!;
        reader.Read();
        var quote = reader.GetString();
        reader.Read();
        return new() { MessageId = id, Quote = quote };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Citation value, JsonSerializerOptions options)
    {
        if (value.Quote is null)
        {
            writer.WriteStringValue(value.MessageId);
            return;
        }

        writer.WriteStartArray();
        writer.WriteStringValue(value.MessageId);
        writer.WriteStringValue(value.Quote);
        writer.WriteEndArray();
    }
}
