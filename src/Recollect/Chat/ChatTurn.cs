using Microsoft.Extensions.AI;
using Recollect.Conversations;

namespace Recollect.Chat;

/// <summary>What is new in a list of messages: what the person said since the last whole answer. All before it was new in an earlier call.</summary>
internal sealed class ChatTurn
{
    private readonly IReadOnlyList<ChatMessage> _messages;

    private ChatTurn(IReadOnlyList<ChatMessage> messages, int start) => (_messages, Start) = (messages, start);

    /// <summary>Gets the position of the first new message of the person; the number of messages where there is none.</summary>
    public int Start { get; }

    /// <summary>Gets a value indicating whether the person said anything new, be it without words.</summary>
    public bool IsAsked => Start < _messages.Count;

    /// <summary>Gets what the person said last, in words; empty where that is nothing.</summary>
    public string Question => New().Select(message => message.Text).LastOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? string.Empty;

    /// <summary>Finds what is new.</summary>
    public static ChatTurn Of(IReadOnlyList<ChatMessage> messages)
    {
        var start = messages.Count;
        for (var i = messages.Count - 1; i >= 0 && !IsAnswer(messages[i]); i--)
        {
            start = IsSaidBy(messages[i], ChatRole.User) ? i : start;
        }

        return new(messages, start);
    }

    /// <summary>Gets the text of an answer; null while it waits for the result of a tool.</summary>
    public static string? TextOf(ChatResponse response)
    {
        var contents = response.Messages.SelectMany(message => message.Contents).ToArray();
        var results = contents.OfType<FunctionResultContent>().Select(result => result.CallId).ToHashSet(StringComparer.Ordinal);
        return contents.OfType<FunctionCallContent>().Any(call => !call.InformationalOnly && !results.Contains(call.CallId))
            ? null
            : string.Join('\n', response.Messages.Where(message => message.Role == ChatRole.Assistant).Select(message => message.Text).Where(text => !string.IsNullOrWhiteSpace(text)));
    }

    /// <summary>Gets the messages to remember.</summary>
    /// <param name="answer">The answer's text.</param>
    /// <param name="answerId">The answer's own id; null where it has none.</param>
    /// <param name="askedAt">When the question came.</param>
    /// <param name="answeredAt">When the answer was whole.</param>
    /// <param name="salt">What tells equal lists of equal text apart; null where the list holds the whole history.</param>
    /// <remarks>An id says what was said and what came before, so that the same list, sent again, gives the same ids.</remarks>
    public IReadOnlyList<LoggedMessage> ToRemember(string answer, string? answerId, DateTimeOffset askedAt, DateTimeOffset answeredAt, string? salt)
    {
        using var hash = new StableHash();
        var said = new List<LoggedMessage>();
        var before = salt ?? string.Empty;
        for (var i = 0; i < _messages.Count; i++)
        {
            var message = _messages[i];
            var isUser = IsSaidBy(message, ChatRole.User);
            if ((isUser || message.Role == ChatRole.Assistant) && !string.IsNullOrWhiteSpace(message.Text))
            {
                before = IdOf(hash, before, message.Role.Value, message.MessageId, message.CreatedAt, message.Text);
                if (isUser && i >= Start)
                {
                    said.Add(new(before, Roles.User, message.Text, askedAt, message.AuthorName));
                }
            }
        }

        if (!string.IsNullOrWhiteSpace(answer))
        {
            said.Add(new(IdOf(hash, before, Roles.Assistant, answerId, createdAt: null, answer), Roles.Assistant, answer, answeredAt, Author: null));
        }

        return said;
    }

    private static string IdOf(StableHash hash, string before, string role, string? messageId, DateTimeOffset? createdAt, string text)
    {
        hash.Add(before);
        hash.Add(role);
        hash.Add(messageId);
        hash.Add(createdAt?.UtcTicks ?? 0);
        hash.Add(text);
        return hash.Finish(16);
    }

    private static bool IsAnswer(ChatMessage message) =>
        message.Role == ChatRole.Assistant && !message.Contents.OfType<FunctionCallContent>().Any();

    private static bool IsSaidBy(ChatMessage message, ChatRole role) => message.Role == role && !MemoryMessage.Is(message);

    private IEnumerable<ChatMessage> New() => _messages.Skip(Start).Where(message => IsSaidBy(message, ChatRole.User));
}
