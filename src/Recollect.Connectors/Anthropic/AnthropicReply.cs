using System.Text.Json;
using Microsoft.Extensions.AI;
using Recollect.Memorize.Generation;
using Recollect.Text;

namespace Recollect.Connectors.Anthropic;

/// <summary>Reads one answer of the Messages API.</summary>
internal static class AnthropicReply
{
    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer, an object.</param>
    /// <param name="failures">Describes what is wrong.</param>
    /// <exception cref="GenerationException">It holds an error, or no reply.</exception>
    public static ChatResponse Read(JsonElement answer, ChatRequestFailures failures)
    {
        if (TextOf(answer, "type") is "error")
        {
            throw failures.OfHiddenError();
        }

        if (!answer.TryGetProperty("content", out var content) || content.ValueKind is not JsonValueKind.Array)
        {
            throw failures.OfBrokenAnswer();
        }

        var text = string.Concat(content.EnumerateArray().Where(block => block.ValueKind is JsonValueKind.Object && TextOf(block, "type") is "text").Select(block => TextOf(block, "text"))); // thoughts are no reply
        return new(new ChatMessage(ChatRole.Assistant, text))
        {
            FinishReason = ReasonOf(TextOf(answer, "stop_reason")),
            ModelId = TextOf(answer, "model"),
            Usage = UsageOf(answer),
        };
    }

    /// <summary>Tells whether an event is the last of a reply.</summary>
    public static bool IsLast(JsonElement one) => TextOf(one, "type") is "message_stop";

    /// <summary>Reads one event of a reply that is sent while it is made; null for one that says nothing of it.</summary>
    /// <param name="one">The event, an object.</param>
    /// <param name="failures">Describes what is wrong.</param>
    /// <exception cref="GenerationException">It is an error.</exception>
    public static ChatResponseUpdate? ReadEvent(JsonElement one, ChatRequestFailures failures)
    {
        var type = TextOf(one, "type");
        var delta = one.TryGetProperty("delta", out var given) && given.ValueKind is JsonValueKind.Object ? given : default;
        return type switch
        {
            "error" => throw failures.OfHiddenError(),
            "content_block_delta" when delta.ValueKind is JsonValueKind.Object && TextOf(delta, "type") is "text_delta" => new(ChatRole.Assistant, TextOf(delta, "text")),
            "message_delta" when delta.ValueKind is JsonValueKind.Object => new(ChatRole.Assistant, content: null) { FinishReason = ReasonOf(TextOf(delta, "stop_reason")) },
            _ => null,
        };
    }

    private static ChatFinishReason? ReasonOf(string? word) => word switch
    {
        null or "" => null,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "refusal" => ChatFinishReason.ContentFilter,
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        _ => new(word),
    };

    private static UsageDetails? UsageOf(JsonElement answer) =>
        !answer.TryGetProperty("usage", out var usage) || usage.ValueKind is not JsonValueKind.Object ? null : new()
        {
            InputTokenCount = CountOf(usage, "input_tokens") is { } input ? input + (CountOf(usage, "cache_creation_input_tokens") ?? 0) + (CountOf(usage, "cache_read_input_tokens") ?? 0) : null,
            OutputTokenCount = CountOf(usage, "output_tokens"),
        };

    private static long? CountOf(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var count) && count.ValueKind is JsonValueKind.Number && count.TryGetInt64(out var tokens) && tokens >= 0 ? tokens : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : null;
}
