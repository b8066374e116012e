using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recollect.Server.Api;

/// <summary>Writes a text that is JSON already, to the letter: numbers as the writer wrote them, and fields that stand twice.</summary>
internal sealed class WrittenJsonConverter : JsonConverter<string?>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteRawValue(value);
    }
}
