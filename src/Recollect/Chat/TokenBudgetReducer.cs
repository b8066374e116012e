using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Recollect.Sessions;

namespace Recollect.Chat;

/// <summary>Fits a chat into a budget of tokens as sessions are: instructions and the last two messages stay, cut if they must be, then the newest that fit.</summary>
/// <remarks>
/// Several instructions become one message. A result of a tool goes with its call. Images and the like count nothing. Safe to call concurrently.
/// </remarks>
internal sealed class TokenBudgetReducer(HistoryTrimmer trimmer, int budget) : IChatReducer
{
    /// <inheritdoc/>
    public Task<IEnumerable<ChatMessage>> ReduceAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] all = [.. messages];
        ChatMessage[] system = [.. all.Where(message => message.Role == ChatRole.System && !string.IsNullOrEmpty(message.Text))];
        ChatMessage[] talk = [.. all.Where(message => message.Role != ChatRole.System)];
        return Task.FromResult<IEnumerable<ChatMessage>>(talk.Length > 0 ? Fit(Joined(system), talk) : system.Length > 0 ? Fit(null, [Joined(system)!]) : []);
    }

    private static ChatMessage? Joined(ChatMessage[] system) =>
        system.Length <= 1 ? system.SingleOrDefault() : new(ChatRole.System, string.Join('\n', system.Select(message => message.Text)));

    private List<ChatMessage> Fit(ChatMessage? system, ChatMessage[] talk)
    {
        var fitted = trimmer.Trim(new()
        {
            Budget = budget,
            SystemText = system?.Text ?? string.Empty,
            History = [.. talk[..^1].Select(Counted)],
            NewMessage = Counted(talk[^1]),
        });
        if (fitted.Messages.Count == 0)
        {
            return [];
        }

        ChatMessage[] kept = [.. talk[^(fitted.History + 1)..]];
        if (fitted.Messages.Count > kept.Length)
        {
            kept = [system!, .. kept];
        }

        return WithoutOrphans([.. kept.Zip(fitted.Messages, static (message, sent) => Cut(message, sent.Text))]);
    }

    private static ContextMessage Counted(ChatMessage message) => new(message.Role.Value, TextOf(message)) { Name = message.AuthorName };

    private static string TextOf(ChatMessage message)
    {
        var text = new StringBuilder(message.Text);
        foreach (var content in message.Contents.Where(IsTool))
        {
            text.Append(JsonSerializer.Serialize(content, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent))));
        }

        return text.ToString();
    }

    private static bool IsTool(AIContent content) => content is FunctionCallContent or FunctionResultContent;

    private static ChatMessage Cut(ChatMessage message, string text)
    {
        if (text.Length == (message.Contents.Any(IsTool) ? TextOf(message) : message.Text).Length)
        {
            return message;
        }

        var cut = message.Clone();
        cut.Contents = message.Contents.OfType<FunctionResultContent>().FirstOrDefault() is { } result
            ? [new FunctionResultContent(result.CallId, text)]
            : [new TextContent(text[..Math.Min(text.Length, message.Text.Length)])];
        return cut;
    }

    /// <summary>Drops results whose call is gone: no model takes them.</summary>
    private static List<ChatMessage> WithoutOrphans(List<ChatMessage> messages)
    {
        var calls = messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        messages.RemoveAll(message => message.Contents.OfType<FunctionResultContent>().Any(result => !calls.Contains(result.CallId)));
        return messages;
    }
}
