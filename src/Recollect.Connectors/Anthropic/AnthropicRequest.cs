using System.Text.Json;
using Microsoft.Extensions.AI;
using Recollect.Conversations;

namespace Recollect.Connectors.Anthropic;

/// <summary>Writes one request of the Messages API.</summary>
internal static class AnthropicRequest
{
    private const int DefaultLength = 4_096; // the API wants one

    /// <summary>Writes a request.</summary>
    /// <param name="messages">The messages; those of the system are put before the others.</param>
    /// <param name="options">What is asked for beside them; null for nothing.</param>
    /// <param name="model">The model.</param>
    /// <param name="streams">Whether the reply is sent while it is made.</param>
    public static byte[] Write(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string model, bool streams = false)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteNumber("max_tokens", options?.MaxOutputTokens ?? DefaultLength);
            var system = string.Join("\n\n", messages.Where(message => message.Role == ChatRole.System).Select(message => WellFormedText.Of(message.Text)));
            if (system.Length > 0)
            {
                json.WriteString("system", system);
            }

            json.WriteStartArray("messages");
            foreach (var message in messages.Where(message => message.Role != ChatRole.System))
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role == ChatRole.Assistant ? "assistant" : "user");
                json.WriteString("content", WellFormedText.Of(message.Text));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (streams)
            {
                json.WriteBoolean("stream", value: true);
            }

            if (options?.Temperature is { } temperature)
            {
                json.WriteNumber("temperature", temperature);
            }

            if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            {
                json.WriteStartObject("output_config");
                json.WriteStartObject("format");
                json.WriteString("type", "json_schema");
                json.WritePropertyName("schema");
                WireSchema.Write(json, schema);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
