using System.Text.Json;
using Recollect.Text;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Takes the text out of a ChatGPT message; images, files and hidden messages have none.</summary>
internal static class ChatGptText
{
    /// <summary>Reads the text.</summary>
    /// <param name="message">The message.</param>
    /// <param name="text">The text; empty when there is nothing that a person saw.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Read(JsonElement message, out string text)
    {
        text = string.Empty;
        if (IsHidden(message) || !message.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (content.ValueKind != JsonValueKind.Object)
        {
            return "content is not an object";
        }

        if (content.TryGetProperty("parts", out var parts) && parts.ValueKind != JsonValueKind.Null)
        {
            if (parts.ValueKind != JsonValueKind.Array)
            {
                return "parts is not a list";
            }

            text = string.Join('\n', parts.EnumerateArray().Select(Part).OfType<string>());
        }
        else if (content.TryGetProperty("text", out var whole) && whole.ValueKind != JsonValueKind.Null)
        {
            if (whole.ValueKind != JsonValueKind.String)
            {
                return "text is not a string";
            }

            text = JsonText.Of(whole);
        }

        text = string.IsNullOrWhiteSpace(text) ? string.Empty : text;
        return null;
    }

    private static bool IsHidden(JsonElement message) =>
        (message.TryGetProperty("weight", out var weight) && weight.ValueKind == JsonValueKind.Number && weight.TryGetDouble(out var value) && value == 0)
        || (message.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("is_visually_hidden_from_conversation", out var hidden) && hidden.ValueKind == JsonValueKind.True);

    private static string? Part(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(part),
        JsonValueKind.Object when IsTranscript(part) && part.TryGetProperty("text", out var said) && said.ValueKind == JsonValueKind.String => JsonText.Of(said),
        _ => null,
    };

    private static bool IsTranscript(JsonElement part) =>
        part.TryGetProperty("content_type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("audio_transcription");
}
