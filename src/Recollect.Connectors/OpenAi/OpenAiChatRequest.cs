using System.Text.Json;
using Microsoft.Extensions.AI;
using Recollect.Conversations;

namespace Recollect.Connectors.OpenAi;

/// <summary>Writes one request for a chat completion.</summary>
/// <param name="messages">The messages.</param>
/// <param name="options">What is asked for beside them; null for nothing.</param>
/// <param name="model">The model.</param>
/// <param name="lengthField">The field of the longest reply.</param>
/// <param name="takesTemperature">Whether the model takes a temperature.</param>
internal sealed class OpenAiChatRequest(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string model, MaxTokensField lengthField, bool takesTemperature)
{
    /// <summary>Gets the field of the longest reply.</summary>
    public MaxTokensField LengthField => lengthField;

    /// <summary>Gets a value indicating whether the longest reply is asked for.</summary>
    public bool SendsLength => options?.MaxOutputTokens is not null;

    /// <summary>Gets a value indicating whether a temperature is sent.</summary>
    public bool SendsTemperature => takesTemperature && options?.Temperature is not null;

    /// <summary>Gets a value indicating whether the reply is sent while it is made.</summary>
    public bool Streams { get; init; }

    /// <summary>Gets a value indicating whether a form of reply is asked for.</summary>
    public bool AsksForFormat => options?.ResponseFormat is ChatResponseFormatJson;

    /// <summary>Gets the name of a field in the request.</summary>
    public static string NameOf(MaxTokensField field) => field is MaxTokensField.MaxTokens ? "max_tokens" : "max_completion_tokens";

    /// <summary>Writes the request.</summary>
    public byte[] ToBytes()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteStartArray("messages");
            foreach (var message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role.Value);
                json.WriteString("content", WellFormedText.Of(message.Text));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (options?.MaxOutputTokens is { } length)
            {
                json.WriteNumber(NameOf(lengthField), length);
            }

            if (SendsTemperature)
            {
                json.WriteNumber("temperature", options!.Temperature!.Value);
            }

            if (Streams)
            {
                json.WriteBoolean("stream", value: true);
            }

            WriteFormat(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private void WriteFormat(Utf8JsonWriter json)
    {
        if (options?.ResponseFormat is not ChatResponseFormatJson format)
        {
            return;
        }

        json.WriteStartObject("response_format");
        if (format.Schema is { } schema)
        {
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", format.SchemaName ?? "reply");
            json.WriteBoolean("strict", WireSchema.IsStrict(schema));
            json.WritePropertyName("schema");
            WireSchema.Write(json, schema);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type", "json_object");
        }

        json.WriteEndObject();
    }
}
