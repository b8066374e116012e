using Recollect.Conversations;

namespace Recollect.Sessions;

/// <summary>Fits instructions, memories, history and a new message into a budget of tokens, which is never exceeded.</summary>
/// <param name="counter">Counts tokens.</param>
/// <remarks>
/// The last two messages, of which the new one is the last, are kept, cut at the end if they must be, and so are the instructions; then come the
/// memories, best first, then the history, newest first, until the first that does not fit. Safe to call concurrently.
/// </remarks>
public sealed class HistoryTrimmer(ITokenCounter counter)
{
    /// <summary>The tokens that frame a message, its role not among them.</summary>
    public const int TokensPerMessage = 3;

    /// <summary>The tokens that frame a name, the name not among them.</summary>
    public const int TokensPerName = 1;

    /// <summary>The tokens that begin the reply.</summary>
    public const int TokensPerReply = 3;

    private const string SystemRole = Roles.System;

    /// <summary>Fits a request into its budget.</summary>
    /// <param name="request">What should be sent.</param>
    public TrimmedContext Trim(ContextRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var left = request.Budget - TokensPerReply;
        var hasSystem = request.SystemText.Length > 0;
        var system = hasSystem ? Cut(new(SystemRole, request.SystemText), left / 2) : null;
        left -= Cost(system);
        var last = request.History.Count > 0 ? request.History[^1] : null;
        var kept = last is null ? null : Cut(last, left / 4); // the answer before gets at least that much, where it needs it
        var message = Cut(request.NewMessage, left - Cost(kept));
        if (message is null || (message.Text.Length == 0 && request.NewMessage.Text.Length > 0))
        {
            return Nothing;
        }

        left -= Cost(message);
        kept = last is null ? null : Cut(last, left);
        left -= Cost(kept);
        var isWhole = (!hasSystem || Same(system, request.SystemText)) && (last is null || Same(kept, last.Text)) && Same(message, request.NewMessage.Text);
        var recalled = isWhole ? Recall(request, ref system, ref left) : 0;
        var older = isWhole ? Older(request.History, ref left) : [];
        IReadOnlyList<ContextMessage> messages = [.. new[] { system }.OfType<ContextMessage>(), .. older, .. new[] { kept, message }.OfType<ContextMessage>()];
        return new()
        {
            Messages = messages,
            Tokens = messages.Sum(Cost) + TokensPerReply,
            Recalled = recalled,
            History = older.Count + (kept is null ? 0 : 1),
            IsTruncated = !isWhole,
        };
    }

    /// <summary>Counts what a message costs, framing included.</summary>
    /// <param name="message">The message.</param>
    public int Count(ContextMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Frame(message) + (message.Tokens ?? counter.Count(message.Text));
    }

    private static TrimmedContext Nothing => new() { Messages = [], Tokens = 0, Recalled = 0, History = 0, IsTruncated = true };

    private static bool Same(ContextMessage? message, string text) => message?.Text.Length == text.Length;

    private int Cost(ContextMessage? message) => message is null ? 0 : Count(message);

    private int Frame(ContextMessage message) =>
        TokensPerMessage + counter.Count(message.Role) + (message.Name is null ? 0 : TokensPerName + counter.Count(message.Name));

    /// <summary>Adds memories to the instructions, from the best on, while they fit.</summary>
    private int Recall(ContextRequest request, ref ContextMessage? system, ref int left)
    {
        var room = left + Cost(system);
        for (var recalled = request.Recalled.Count; recalled > 0; recalled--) // most often all of them fit, and are counted once
        {
            var longer = new ContextMessage(SystemRole, RecalledText.Append(request.SystemText, request.Recalled.Take(recalled)));
            if (IsSurelyLonger(longer, room))
            {
                continue;
            }

            longer = Counted(longer);
            if (Cost(longer) <= room)
            {
                (system, left) = (longer, room - Cost(longer));
                return recalled;
            }
        }

        return 0;
    }

    /// <summary>The messages before the last, from the newest on, while they fit.</summary>
    private List<ContextMessage> Older(IReadOnlyList<ContextMessage> history, ref int left)
    {
        List<ContextMessage> older = [];
        for (var i = history.Count - 2; i >= 0; i--)
        {
            if (IsSurelyLonger(history[i], left))
            {
                break;
            }

            var message = Counted(history[i]);
            if (Cost(message) > left)
            {
                break;
            }

            left -= Cost(message);
            older.Add(message);
        }

        older.Reverse();
        return older;
    }

    /// <summary>Tells what needs no counting.</summary>
    private static bool IsSurelyLonger(ContextMessage message, int room) => message.Tokens is null && message.Text.Length / TokenPrefix.MostCharactersOfAToken > room;

    private ContextMessage Counted(ContextMessage message) => message.Tokens is null ? message with { Tokens = counter.Count(message.Text) } : message;

    /// <summary>Cuts a message so that it costs at most so much, framing included; null where not even an empty or a one-character one fits.</summary>
    private ContextMessage? Cut(ContextMessage message, int most)
    {
        var room = most - Frame(message);
        if (room < 0)
        {
            return null;
        }

        if (message.Tokens <= room)
        {
            return message;
        }

        var (text, tokens) = TokenPrefix.Of(counter, message.Text, room);
        return text.Length == 0 && message.Text.Length > 0 ? null : message with { Text = text, Tokens = tokens };
    }
}
