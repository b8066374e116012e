using System.Text.Json;
using Microsoft.Extensions.AI;
using Recollect.Memorize.Generation;
using Recollect.Text;

namespace Recollect.Connectors.OpenAi;

/// <summary>Reads one chat completion.</summary>
internal static class OpenAiChatReply
{
    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer, an object.</param>
    /// <param name="calls">How many requests it took.</param>
    /// <param name="failures">Describes what is wrong.</param>
    /// <exception cref="GenerationException">It holds an error, or no reply.</exception>
    public static ChatResponse Read(JsonElement answer, int calls, ChatRequestFailures failures)
    {
        if (answer.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null)
        {
            throw failures.OfHiddenError();
        }

        if (!answer.TryGetProperty("choices", out var choices) || choices.ValueKind is not JsonValueKind.Array || choices.GetArrayLength() == 0
            || choices[0].ValueKind is not JsonValueKind.Object || !choices[0].TryGetProperty("message", out var message) || message.ValueKind is not JsonValueKind.Object)
        {
            throw failures.OfBrokenAnswer();
        }

        var reply = new ChatMessage(ChatRole.Assistant, TextOf(message, "content") ?? string.Empty);
        if (TextOf(message, "refusal") is { Length: > 0 } refusal)
        {
            reply.Contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
        }

        return new(reply)
        {
            FinishReason = ReasonOf(TextOf(choices[0], "finish_reason")),
            ModelId = TextOf(answer, "model"),
            Usage = UsageOf(answer, calls),
        };
    }

    /// <summary>Reads one piece of a reply that is sent while it is made.</summary>
    /// <param name="chunk">The piece, an object.</param>
    /// <param name="failures">Describes what is wrong.</param>
    /// <exception cref="GenerationException">It holds an error.</exception>
    public static ChatResponseUpdate ReadChunk(JsonElement chunk, ChatRequestFailures failures)
    {
        if (chunk.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null)
        {
            throw failures.OfHiddenError();
        }

        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ModelId = TextOf(chunk, "model") };
        if (!chunk.TryGetProperty("choices", out var choices) || choices.ValueKind is not JsonValueKind.Array || choices.GetArrayLength() == 0 || choices[0].ValueKind is not JsonValueKind.Object)
        {
            return update; // a piece about usage, or a sign of life
        }

        update.FinishReason = ReasonOf(TextOf(choices[0], "finish_reason"));
        if (choices[0].TryGetProperty("delta", out var delta) && delta.ValueKind is JsonValueKind.Object)
        {
            if (TextOf(delta, "content") is { Length: > 0 } text)
            {
                update.Contents.Add(new TextContent(text));
            }

            if (TextOf(delta, "refusal") is { Length: > 0 } refusal)
            {
                update.Contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
            }
        }

        return update;
    }

    private static ChatFinishReason? ReasonOf(string? word) => word switch
    {
        null or "" => null,
        "length" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        "stop" => ChatFinishReason.Stop,
        _ => new(word),
    };

    private static UsageDetails UsageOf(JsonElement answer, int calls)
    {
        var usage = answer.TryGetProperty("usage", out var said) && said.ValueKind is JsonValueKind.Object ? said : default;
        return new()
        {
            InputTokenCount = CountOf(usage, "prompt_tokens"),
            OutputTokenCount = CountOf(usage, "completion_tokens"),
            AdditionalCounts = new() { [ModelUsage.CallsCount] = calls },
        };
    }

    private static long? CountOf(JsonElement usage, string name) =>
        usage.ValueKind is JsonValueKind.Object && usage.TryGetProperty(name, out var count) && count.ValueKind is JsonValueKind.Number && count.TryGetInt64(out var tokens) && tokens >= 0 ? tokens : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : null;
}
