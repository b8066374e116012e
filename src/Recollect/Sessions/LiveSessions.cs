using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Sessions;

/// <summary>Keeps the live conversation of each chat: which one it is, what is added to it, what a model is given of it, and when it ends.</summary>
/// <remarks>Safe to call concurrently, also from several processes.</remarks>
public sealed partial class LiveSessions
{
    private const string Bot = "AI";
    private const int FirstRead = 64;
    private const int MostCounts = 200_000;

    private static readonly TimeSpan Precision = TimeSpan.FromMicroseconds(1);

    private readonly ISessionStore _store;
    private readonly HistoryTrimmer _trimmer;
    private readonly ITokenCounter _counter;
    private readonly SessionTransfer _transfer;
    private readonly TokensByRoleOptions _budgets;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveSessions> _logger;
    private readonly ConcurrentDictionary<(string Session, string Message), int> _counts = new();

    internal LiveSessions(
        ISessionStore store, HistoryTrimmer trimmer, ITokenCounter counter, SessionTransfer transfer,
        IOptions<SessionOptions> options, IOptions<TokensByRoleOptions> budgets, TimeProvider time, ILogger<LiveSessions> logger)
    {
        (_store, _trimmer, _counter, _transfer, _time, _logger) = (store, trimmer, counter, transfer, time, logger);
        (_timeout, _budgets) = (options.Value.Timeout, budgets.Value);
    }

    /// <summary>Gets the session of a chat, and starts one where there is none or the last has ended; that one stays until its memory is stored.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public ValueTask<Session> GetOrStartAsync(string chat, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(chat);
        return _store.InChatAsync(chat, async (sessions, token) =>
        {
            if (await CurrentAsync(sessions, token) is { } current)
            {
                return current;
            }

            var started = await StartAsync(sessions, chat, token);
            await sessions.SaveAsync(started, [], token);
            return started;
        }, cancellationToken);
    }

    /// <summary>Gets the session of a chat; null where there is none or the last has ended.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public ValueTask<Session?> FindAsync(string chat, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(chat);
        return _store.InChatAsync(chat, CurrentAsync, cancellationToken);
    }

    /// <summary>Adds a question and its answer to the chat's session; once this has returned both survive the death of the process.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer of the model.</param>
    /// <param name="cancellationToken">Stops it; adding again completes it.</param>
    /// <returns>The answer that is kept: of a message that was answered before, the first one.</returns>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public ValueTask<StoredAnswer> AppendAsync(ChatQuestion question, string answer, CancellationToken cancellationToken)
    {
        Check(question);
        ArgumentNullException.ThrowIfNull(answer);
        return _store.InChatAsync(question.Chat, async (sessions, token) =>
        {
            if (question.MessageId is { } id && await FindAsync(sessions, question.Chat, id, token) is var (found, message))
            {
                return new(found.Id, message.Text, message.IsSent);
            }

            var session = await CurrentAsync(sessions, token) ?? await StartAsync(sessions, question.Chat, token);
            var asked = Asked(question, session);
            var replied = new SessionMessage
            {
                Id = question.MessageId is { } external ? SessionIds.OfMessage(question.Chat, external, Roles.Assistant) : SessionIds.OfPlace(session.Id, asked.Order + 1),
                SessionId = session.Id,
                Role = Roles.Assistant,
                Text = answer,
                Sender = Bot,
                Recipient = question.Person,
                SentAt = asked.SentAt,
                ReceivedAt = asked.ReceivedAt,
                Order = Math.Max(session.MessageIds.Count, asked.Order) + 1,
                ExternalId = question.MessageId,
            };
            var saved = await AddAsync(sessions, session, [asked, replied], token);
            LogAdded(_logger, saved.Id, saved.MessageIds.Count);
            return new StoredAnswer(saved.Id, answer, IsSent: false);
        }, cancellationToken);
    }

    /// <summary>Adds a question that the model gave no answer to, so that it is not lost: it is part of what the model is given next, and of the memory.</summary>
    /// <param name="question">The question. One that was kept before stays as it is.</param>
    /// <param name="cancellationToken">Stops it; keeping it again completes it.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public async ValueTask KeepQuestionAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        Check(question);
        await _store.InChatAsync(question.Chat, async (sessions, token) =>
        {
            if (question.MessageId is { } id && await FindAsync(sessions, question.Chat, id, token) is not null)
            {
                return true;
            }

            var session = await CurrentAsync(sessions, token) ?? await StartAsync(sessions, question.Chat, token);
            await AddAsync(sessions, session, [Asked(question, session) with { IsAnswered = false }], token);
            return true;
        }, cancellationToken);
    }

    /// <summary>Finds the answer to a message that the channel delivers again, in ended sessions too.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="messageId">The channel's id of the question.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Null where the message was not answered.</returns>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public ValueTask<StoredAnswer?> FindAnswerAsync(string chat, string messageId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(chat);
        ArgumentNullException.ThrowIfNull(messageId);
        return _store.InChatAsync(
            chat,
            async (sessions, token) => await FindAsync(sessions, chat, messageId, token) is var (session, message) ? new StoredAnswer(session.Id, message.Text, message.IsSent) : null,
            cancellationToken);
    }

    /// <summary>Notes that an answer was handed to the channel. Of an unknown message nothing is noted.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="messageId">The channel's id of the question.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public async ValueTask MarkSentAsync(string chat, string messageId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(chat);
        ArgumentNullException.ThrowIfNull(messageId);
        await _store.InChatAsync(chat, async (sessions, token) =>
        {
            if (await FindAsync(sessions, chat, messageId, token) is (var session, { IsSent: false } message))
            {
                await sessions.SaveAsync(session, [message with { IsSent = true }], token);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Makes what a model is given: instructions, memories, history and the new message, within the budget of the role.</summary>
    /// <param name="question">The new message; where it was kept before, it is given once.</param>
    /// <param name="role">The role of the person.</param>
    /// <param name="systemText">The instructions.</param>
    /// <param name="recall">Finds memories, best first, while the history is read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public async ValueTask<(TrimmedContext Context, IReadOnlyList<RecalledText> Recalled)> ContextAsync(
        ChatQuestion question, SessionRole role, string systemText, Func<CancellationToken, ValueTask<IReadOnlyList<RecalledText>>> recall, CancellationToken cancellationToken)
    {
        Check(question);
        ArgumentNullException.ThrowIfNull(recall);
        var recalling = Task.Run(async () => await recall(cancellationToken), cancellationToken);
        try
        {
            var budget = _budgets.Of(role);
            var session = budget > 0 ? await FindAsync(question.Chat, cancellationToken) : null;
            for (var newest = FirstRead; ; newest = (int)Math.Min(int.MaxValue, 4L * newest))
            {
                var messages = session is null ? [] : await _store.ReadMessagesAsync(session, newest, cancellationToken);
                var history = messages.Where(message => message.ExternalId is null || !string.Equals(message.ExternalId, question.MessageId, StringComparison.Ordinal)).Select(Counted).ToArray();
                var recalled = await recalling;
                var context = _trimmer.Trim(new() { Budget = budget, SystemText = systemText, Recalled = recalled, History = history, NewMessage = new(Roles.User, question.Text) });
                if (context.History < history.Length || session is null || newest >= session.MessageIds.Count)
                {
                    return (context, recalled);
                }
            }
        }
        finally
        {
            await ((Task)recalling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the conversation of a chat and memorises it, so that the next message begins anew.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="cancellationToken">Stops it; what was ended stays so, and the sweep memorises it.</param>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public async ValueTask<ResetResult> ResetAsync(string chat, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(chat);
        var ended = await _store.InChatAsync(chat, async (sessions, token) => await EndAllAsync(sessions, token), cancellationToken);
        if (ended.Count == 0)
        {
            return new(HadMessages: false, IsSaved: true);
        }

        var left = await _transfer.TryAsync(ended, cancellationToken);
        return new(ended.Any(static session => session.MessageIds.Count > 0), IsSaved: left == 0);
    }

    /// <summary>Removes all sessions of a user, archived ones too.</summary>
    /// <param name="tenant">The tenant; sessions belong to the default one.</param>
    /// <param name="user">The chat.</param>
    /// <param name="cancellationToken">Stops it; forgetting again completes it.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="SessionStoreException">The store refused or could not be reached.</exception>
    public ValueTask<int> ForgetAsync(string tenant, string user, CancellationToken cancellationToken) => SessionForgetting.ForgetAsync(_store, tenant, user, cancellationToken);

    private static void Check(ChatQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentException.ThrowIfNullOrWhiteSpace(question.Chat, nameof(question));
    }

    /// <summary>Finds the answer to a message; one whose process was killed before it wrote the session's list is listed now.</summary>
    private async ValueTask<(Session Session, SessionMessage Answer)?> FindAsync(IChatSessions sessions, string chat, string externalId, CancellationToken cancellationToken)
    {
        var id = SessionIds.OfMessage(chat, externalId, Roles.Assistant);
        foreach (var session in await sessions.ListAsync(archived: true, cancellationToken))
        {
            if (await sessions.GetMessageAsync(session, id, cancellationToken) is not { } answer)
            {
                continue;
            }

            var isListed = session.IsArchived || session.MessageIds.Contains(id, StringComparer.Ordinal);
            var question = isListed ? null : await sessions.GetMessageAsync(session, SessionIds.OfMessage(chat, externalId, Roles.User), cancellationToken);
            return (isListed ? session : await AddAsync(sessions, session, [.. new[] { question, answer }.OfType<SessionMessage>()], cancellationToken), answer);
        }

        return null;
    }

    private async ValueTask<Session?> CurrentAsync(IChatSessions sessions, CancellationToken cancellationToken) =>
        (await sessions.ListAsync(archived: false, cancellationToken)).FirstOrDefault(session => !session.HasEnded(_timeout, Now()));

    /// <summary>Makes a new session; those before are ended for good, whatever the clock says later.</summary>
    private async ValueTask<Session> StartAsync(IChatSessions sessions, string chat, CancellationToken cancellationToken)
    {
        await EndAllAsync(sessions, cancellationToken);
        var now = Now();
        var session = new Session { Id = SessionIds.OfSession(chat, now, (await sessions.ListAsync(archived: true, cancellationToken)).Count), Chat = chat, CreatedAt = now, LastActive = now };
        LogCreated(_logger, session.Id);
        return session;
    }

    private async ValueTask<IReadOnlyList<Session>> EndAllAsync(IChatSessions sessions, CancellationToken cancellationToken)
    {
        List<Session> ended = [];
        foreach (var session in await sessions.ListAsync(archived: false, cancellationToken))
        {
            ended.Add(session.EndedAt is null ? session with { EndedAt = Now() } : session);
            if (session.EndedAt is null)
            {
                await sessions.SaveAsync(ended[^1], [], cancellationToken);
            }
        }

        return ended;
    }

    private SessionMessage Asked(ChatQuestion question, Session session)
    {
        var now = Now();
        var order = session.MessageIds.Count + 1;
        var id = question.MessageId is { } external ? SessionIds.OfMessage(question.Chat, external, Roles.User) : SessionIds.OfPlace(session.Id, order);
        var known = session.MessageIds.ToList().IndexOf(id); // kept when the model failed
        return new()
        {
            Id = id,
            SessionId = session.Id,
            Role = Roles.User,
            Text = question.Text,
            Sender = question.Person,
            Recipient = Bot,
            SenderName = question.Name,
            SentAt = now > session.LastActive ? now : session.LastActive, // a clock that goes back does not turn messages around
            ReceivedAt = now,
            Order = known < 0 ? order : known + 1,
            ExternalId = question.MessageId,
        };
    }

    private async ValueTask<Session> AddAsync(IChatSessions sessions, Session session, IReadOnlyCollection<SessionMessage> added, CancellationToken cancellationToken)
    {
        var fresh = added.Where(message => !session.MessageIds.Contains(message.Id, StringComparer.Ordinal)).ToArray();
        var changed = session with
        {
            MessageIds = [.. session.MessageIds, .. fresh.Select(static message => message.Id)],
            LastActive = added.Last().SentAt,
            TotalTokens = session.TotalTokens + fresh.Sum(message => _counter.Count(message.Text)),
        };
        await sessions.SaveAsync(changed, added, cancellationToken);
        return changed;
    }

    private ContextMessage Counted(SessionMessage message)
    {
        if (_counts.Count > MostCounts)
        {
            _counts.Clear();
        }

        var role = string.Equals(message.Role, Roles.Assistant, StringComparison.Ordinal) ? Roles.Assistant : Roles.User; // the original names people by their roles
        return new(role, message.Text) { Tokens = _counts.GetOrAdd((message.SessionId, message.Id), static (_, given) => given._counter.Count(given.message.Text), (_counter, message)) };
    }

    /// <summary>The time as stores keep it.</summary>
    private DateTimeOffset Now()
    {
        var now = _time.GetUtcNow();
        return now.AddTicks(-(now.UtcTicks % Precision.Ticks));
    }

    [LoggerMessage(8101, LogLevel.Information, "Session created: {SessionId}")]
    private static partial void LogCreated(ILogger logger, string sessionId);

    [LoggerMessage(8102, LogLevel.Debug, "Added messages to session {SessionId}; it has {MessageCount}")]
    private static partial void LogAdded(ILogger logger, string sessionId, int messageCount);
}
