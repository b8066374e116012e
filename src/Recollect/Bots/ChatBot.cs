using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Sessions;

namespace Recollect.Bots;

/// <summary>Answers whoever writes on a channel: receives, answers, sends, acknowledges, one notice after the other.</summary>
/// <remarks>
/// A notice is acknowledged only once its answer is kept and sent, so that a bot that dies is told again; what is told again and was
/// answered is not answered anew. What fails for a while is tried again after a growing pause, and nothing is lost meanwhile.
/// </remarks>
public sealed partial class ChatBot
{
    private const int MostUnforeseenFailures = 4; // of one notice, so that none stops the others

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly SessionChat _chat;
    private readonly LiveSessions _sessions;
    private readonly BotOptions _options;
    private readonly string _apology;
    private readonly TimeProvider _time;
    private readonly ILogger<ChatBot> _logger;

    internal ChatBot(SessionChat chat, LiveSessions sessions, IOptions<BotOptions> options, IOptions<SessionOptions> texts, TimeProvider time, ILogger<ChatBot> logger) =>
        (_chat, _sessions, _options, _apology, _time, _logger) = (chat, sessions, options.Value, texts.Value.ApologyText, time, logger);

    /// <summary>Answers until it is stopped.</summary>
    /// <param name="channel">Where people write.</param>
    /// <param name="stopping">Ends it: a message whose answer is not kept yet is left for the next start.</param>
    /// <exception cref="ChannelException">The channel's settings are wrong, as far as the first look tells.</exception>
    public async Task<BotReport> RunAsync(IChatChannel channel, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var (done, failures, unforeseen) = (new BotReport(0, 0, 0), 0, 0);
        try
        {
            await CheckAsync(channel, stopping);
            while (true)
            {
                ChannelNotice? notice = null;
                try
                {
                    notice = await channel.ReceiveAsync(stopping);
                    done = notice is null ? done : await HandleAsync(channel, notice, done, stopping);
                    (failures, unforeseen) = (0, 0);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !stopping.IsCancellationRequested) // a bot goes on, whatever one notice does
                {
                    (failures, unforeseen) = (failures + 1, notice is not null && ex is not RecollectException ? unforeseen + 1 : 0); // the same notice comes until it is acknowledged
                    LogFailed(_logger, failures, Describe(ex));
                    if (notice is not null && unforeseen == MostUnforeseenFailures)
                    {
                        (done, unforeseen) = (await GiveUpAsync(channel, notice, done), 0);
                    }

                    await Task.Delay(PauseAfter(ex, failures), _time, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return done;
        }
    }

    private static async ValueTask CheckAsync(IChatChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            var found = await channel.DiagnoseAsync(cancellationToken);
            if (!found.Healthy)
            {
                throw new ChannelException($"{found.Finding}. {found.Advice}") { IsConfiguration = true };
            }
        }
        catch (ChannelException ex) when (!ex.IsConfiguration)
        {
            // it may pass, and receiving tells of it
        }
    }

    private async ValueTask<BotReport> HandleAsync(IChatChannel channel, ChannelNotice notice, BotReport done, CancellationToken stopping)
    {
        var reply = notice.Message is { } message && _chat.Answers(message.Sender) ? await ReplyAsync(message, stopping) : null;
        var isSent = reply is not null && await TrySendAsync(channel, notice, reply, stopping);
        var result = reply is null ? done with { Ignored = done.Ignored + 1 }
            : isSent && reply.Kind is not ChatAnswerKind.Failed ? done with { Answered = done.Answered + 1 }
            : done with { Failed = done.Failed + 1 };
        await channel.AcknowledgeAsync(notice, CancellationToken.None); // it was answered: nothing takes that back
        LogHandled(_logger, notice.Kind, reply?.Kind.ToString() ?? "ignored");
        return result;
    }

    /// <summary>Gets the answer to a message; null where none is asked for.</summary>
    private async ValueTask<ChatAnswer?> ReplyAsync(ChannelMessage message, CancellationToken stopping)
    {
        if (message.IsGroup && message.Text?.Contains(_options.Name, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(message.Text))
        {
            return new() { Kind = ChatAnswerKind.Answered, Text = _options.NotTextReply };
        }

        var text = message.IsGroup && ResetTexts.IsAskedFor(WithoutName(message.Text)) ? WithoutName(message.Text) : message.Text;
        var answer = await _chat.AnswerAsync(new() { Chat = message.Chat, Person = message.Sender, Text = text, MessageId = message.Id }, onText: null, stopping);
        return answer.Kind is ChatAnswerKind.Blocked ? null : answer;
    }

    private string WithoutName(string text) => text.Replace(_options.Name, string.Empty, StringComparison.OrdinalIgnoreCase).Trim(' ', '@', ',', ':');

    /// <summary>Sends an answer that was not sent before; false where the channel refuses it for good.</summary>
    private async ValueTask<bool> TrySendAsync(IChatChannel channel, ChannelNotice notice, ChatAnswer answer, CancellationToken stopping)
    {
        if (answer.IsSent)
        {
            return true;
        }

        try
        {
            await channel.SendAsync(notice.Message!.Chat, answer.Text, stopping);
        }
        catch (ChannelException ex) when (ex is { IsTransient: false, IsConfiguration: false })
        {
            LogRefused(_logger, ex.Message);
            return false;
        }

        if (answer.SessionId is not null)
        {
            await _sessions.MarkSentAsync(notice.Message.Chat, notice.Message.Id, CancellationToken.None);
        }

        return true;
    }

    private async ValueTask<BotReport> GiveUpAsync(IChatChannel channel, ChannelNotice notice, BotReport done)
    {
        LogGivenUp(_logger, notice.Kind, MostUnforeseenFailures);
        await TryAsync(() => notice.Message is { } message ? channel.SendAsync(message.Chat, _apology, CancellationToken.None) : ValueTask.CompletedTask);
        await TryAsync(() => channel.AcknowledgeAsync(notice, CancellationToken.None)); // where that fails, it comes again, and is given up again
        return done with { Failed = done.Failed + 1 };
    }

    private async ValueTask TryAsync(Func<ValueTask> step)
    {
        try
        {
            await step();
        }
        catch (Exception ex) when (ex is not OperationCanceledException) // a notice that nothing can be done about must not end the bot
        {
            LogFailed(_logger, MostUnforeseenFailures, Describe(ex));
        }
    }

    private static TimeSpan PauseAfter(Exception failure, int failures)
    {
        var pause = TimeSpan.FromTicks((long)Math.Min(FirstPause.Ticks * Math.Pow(2, Math.Max(0, failures - 1)), LongestPause.Ticks));
        return failure is RecollectException { RetryAfter: { } asked } && asked > pause ? asked : pause;
    }

    private static string Describe(Exception failure) => failure is RecollectException ? failure.Message : failure.GetType().Name;

    [LoggerMessage(8501, LogLevel.Debug, "{Kind}: {Result}")]
    private static partial void LogHandled(ILogger logger, string kind, string result);

    [LoggerMessage(8502, LogLevel.Warning, "The bot failed {Failures} times in a row and goes on: {Error}")]
    private static partial void LogFailed(ILogger logger, int failures, string error);

    [LoggerMessage(8503, LogLevel.Error, "An answer cannot be sent and stays in its session: {Error}")]
    private static partial void LogRefused(ILogger logger, string error);

    [LoggerMessage(8504, LogLevel.Error, "A notice of kind {Kind} was given up after {Failures} failures")]
    private static partial void LogGivenUp(ILogger logger, string kind, int failures);
}
