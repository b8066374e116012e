using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Recall;
using Recollect.Telemetry;

namespace Recollect.Sessions;

/// <summary>Answers the messages of people: the whole turn of a bot.</summary>
/// <remarks>Safe to call concurrently; messages of one chat are answered one after the other.</remarks>
public sealed partial class SessionChat
{
    private const int LongestPrompt = 10_000;
    private const int Attempts = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10); // nobody waits longer for an apology

    private readonly LiveSessions _sessions;
    private readonly HistoryTrimmer _trimmer;
    private readonly RoleResolver _roles;
    private readonly TokensByRoleOptions _budgets;
    private readonly IMemoryGate _gate;
    private readonly RecallEngine _recall;
    private readonly IChatClient _model;
    private readonly SessionOptions _options;
    private readonly LongTermOptions _longTerm;
    private readonly TurnNumbers _numbers;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionChat> _logger;
    private readonly ChatGates _gates = new();

    internal SessionChat(
        LiveSessions sessions, HistoryTrimmer trimmer, RoleResolver roles, IMemoryGate gate, RecallEngine recall, IChatClient model,
        IOptions<SessionOptions> options, IOptions<TokensByRoleOptions> budgets, IOptions<LongTermOptions> longTerm, TurnNumbers numbers, TimeProvider time,
        ILogger<SessionChat> logger)
    {
        (_sessions, _trimmer, _roles, _gate, _recall, _model, _numbers, _time, _logger) = (sessions, trimmer, roles, gate, recall, model, numbers, time, logger);
        (_options, _budgets, _longTerm) = (options.Value, budgets.Value, longTerm.Value);
    }

    /// <summary>Answers a message. Once this has returned, question and answer survive the death of the process.</summary>
    /// <param name="question">The message.</param>
    /// <param name="onText">Gets the answer while it comes; null for nobody.</param>
    /// <param name="cancellationToken">Stops it; then nothing of the turn is kept, and the message can be given again.</param>
    /// <exception cref="SessionStoreException">The sessions could not be read or kept; the message can be given again.</exception>
    public async Task<ChatAnswer> AnswerAsync(ChatQuestion question, Action<string>? onText, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentException.ThrowIfNullOrWhiteSpace(question.Chat, nameof(question));
        if (!Answers(question.Person))
        {
            return new() { Kind = ChatAnswerKind.Blocked, Text = "" };
        }

        using var turn = await _gates.EnterAsync(question.Chat, cancellationToken);
        var (start, outside, isAnswered) = (_time.GetTimestamp(), OutsideTime.Begin(), false);
        try
        {
            var answer = await TurnAsync(question, onText, cancellationToken);
            isAnswered = answer.Kind is not ChatAnswerKind.Failed;
            return answer;
        }
        finally
        {
            if (isAnswered || !cancellationToken.IsCancellationRequested)
            {
                var own = _time.GetElapsedTime(start) - outside.Elapsed;
                _numbers.Count(isAnswered, own > TimeSpan.Zero ? own : TimeSpan.Zero);
            }
        }
    }

    /// <summary>Tells whether a person is answered at all.</summary>
    /// <param name="person">The person, as the channel names them.</param>
    public bool Answers(string person) => _budgets.Of(_roles.Of(person)) > 0;

    private async ValueTask<ChatAnswer> TurnAsync(ChatQuestion question, Action<string>? onText, CancellationToken cancellationToken)
    {
        var role = _roles.Of(question.Person);
        var remembers = await _gate.IsOnAsync(question.Person, cancellationToken);
        if (remembers && question.MessageId is { } id && await _sessions.FindAnswerAsync(question.Chat, id, cancellationToken) is { } before)
        {
            return new() { Kind = ChatAnswerKind.Duplicate, Text = before.Text, SessionId = before.SessionId, IsSent = before.IsSent };
        }

        if (ResetTexts.IsAskedFor(question.Text))
        {
            return new() { Kind = ChatAnswerKind.Reset, Text = remembers ? await ResetAsync(question.Chat, cancellationToken) : ResetTexts.Fresh };
        }

        var asked = question with { Text = Shortened(question.Text) };
        var (context, recalled) = remembers
            ? await _sessions.ContextAsync(asked, role, _options.SystemMessage, token => RecallAsync(question, token), cancellationToken)
            : (_trimmer.Trim(new() { Budget = _budgets.Of(role), SystemText = _options.SystemMessage, NewMessage = new(Roles.User, asked.Text) }), []);
        if (context.Messages.Count == 0 || await TryAskAsync(context, onText, cancellationToken) is not { } text)
        {
            await (remembers ? _sessions.KeepQuestionAsync(question, cancellationToken) : ValueTask.CompletedTask);
            return new() { Kind = ChatAnswerKind.Failed, Text = _options.ApologyText };
        }

        var kept = remembers ? await _sessions.AppendAsync(question, text, CancellationToken.None) : null; // it was paid for
        return new()
        {
            Kind = ChatAnswerKind.Answered,
            Text = kept?.Text ?? text,
            SessionId = kept?.SessionId,
            Recalled = [.. recalled.Take(context.Recalled)],
            ContextTokens = context.Tokens,
        };
    }

    private async ValueTask<string> ResetAsync(string chat, CancellationToken cancellationToken)
    {
        var result = await _sessions.ResetAsync(chat, cancellationToken);
        return _longTerm.Enabled ? ResetTexts.Of(result) : ResetTexts.Fresh;
    }

    private static string Shortened(string text) => text.Length <= LongestPrompt ? text
        : text[..(LongestPrompt - (char.IsHighSurrogate(text[LongestPrompt - 1]) ? 1 : 0))];

    private async ValueTask<IReadOnlyList<RecalledText>> RecallAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        if (!_longTerm.Enabled)
        {
            return [];
        }

        try
        {
            var query = new RecallQuery { Owner = new() { User = question.Chat }, Text = question.Text, Top = _longTerm.TopK, MinSimilarity = _longTerm.MinSimilarity };
            var found = await _recall.RecallAsync(query, cancellationToken);
            LogRecalled(_logger, found.Count);
            return [.. found.Select(static one => new RecalledText(one.Memory.Summary.Length > 0 ? one.Memory.Summary : one.Memory.Content ?? "", one.Similarity ?? 0))];
        }
        catch (Exception ex) when (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested) // an answer without memories is better than none
        {
            LogRecallFailed(_logger, Describe(ex));
            return [];
        }
    }

    /// <summary>Asks the model, and again while it fails in a way that may pass and has said nothing yet; null where it gave no answer.</summary>
    private async ValueTask<string?> TryAskAsync(TrimmedContext context, Action<string>? onText, CancellationToken cancellationToken)
    {
        using var outside = OutsideTime.Wait();
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++, pause *= 2)
        {
            var said = 0;
            try
            {
                return await AskAsync(context, piece =>
                {
                    said += piece.Length;
                    onText?.Invoke(piece);
                }, cancellationToken);
            }
            catch (Exception ex) when (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested) // the person is told, whatever the provider's client throws
            {
                LogModelFailed(_logger, attempt, Describe(ex));
                var wait = (ex as RecollectException)?.RetryAfter ?? pause;
                if (attempt == Attempts || said > 0 || ex is not RecollectException { IsTransient: true } || wait > LongestPause)
                {
                    return null;
                }

                await Task.Delay(wait > pause ? wait : pause, _time, cancellationToken);
            }
        }
    }

    private async ValueTask<string?> AskAsync(TrimmedContext context, Action<string> onText, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var messages = context.Messages.Select(static message => new ChatMessage(new(message.Role), message.Text));
        var options = new ChatOptions { MaxOutputTokens = _options.MaxAnswerTokens, Temperature = _options.Temperature };
        var text = new StringBuilder();
        await foreach (var update in _model.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            if (update.Text is { Length: > 0 } piece)
            {
                text.Append(piece);
                onText(piece);
            }
        }

        LogAnswered(_logger, context.Tokens, context.Recalled, _time.GetElapsedTime(start).TotalMilliseconds);
        return string.IsNullOrWhiteSpace(text.ToString()) ? null : text.ToString();
    }

    /// <summary>Describes a failure without a word of what was said.</summary>
    private static string Describe(Exception failure) => failure is RecollectException ? failure.Message : failure.GetType().Name;

    [LoggerMessage(8401, LogLevel.Debug, "Recalled {Count} memories")]
    private static partial void LogRecalled(ILogger logger, int count);

    [LoggerMessage(8402, LogLevel.Warning, "Recall failed; the answer goes on without memories: {Error}")]
    private static partial void LogRecallFailed(ILogger logger, string error);

    [LoggerMessage(8403, LogLevel.Warning, "The model gave no answer at attempt {Attempt}: {Error}")]
    private static partial void LogModelFailed(ILogger logger, int attempt, string error);

    [LoggerMessage(8404, LogLevel.Debug, "The model answered {ContextTokens} tokens with {Recalled} memories in {ElapsedMs} ms")]
    private static partial void LogAnswered(ILogger logger, int contextTokens, int recalled, double elapsedMs);
}
