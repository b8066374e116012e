using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Recollect.Telemetry;

namespace Recollect.Chat;

/// <summary>A chat client that recalls before it answers and remembers after it did. What fails in memory never fails the chat: it is logged and counted.</summary>
/// <remarks>As safe to call concurrently as the client inside.</remarks>
internal sealed partial class RecollectChatClient(IChatClient inner, ChatMemory memory, ChatMemorySettings options) : DelegatingChatClient(inner)
{
    private readonly ILogger _logger = memory.Loggers.CreateLogger<RecollectChatClient>();

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = Begin(messages, options);
        var response = await base.GetResponseAsync(await RecalledAsync(call, cancellationToken), call.Inner, cancellationToken);
        await RememberAsync(call, response);
        return response;
    }

    /// <inheritdoc/>
    /// <remarks>An answer is remembered once it was streamed to its end; one that broke off or that nobody read to the end is not.</remarks>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = Begin(messages, options);
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in base.GetStreamingResponseAsync(await RecalledAsync(call, cancellationToken), call.Inner, cancellationToken))
        {
            updates.Add(update);
            yield return update;
        }

        await RememberAsync(call, updates.ToChatResponse());
    }

    private ChatCall Begin(IEnumerable<ChatMessage> messages, ChatOptions? chat)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return ChatCall.Of([.. messages], chat, options, memory.Time.GetUtcNow());
    }

    /// <summary>Gets the messages with what was recalled for them, which stands before what the person just said.</summary>
    private async ValueTask<IEnumerable<ChatMessage>> RecalledAsync(ChatCall call, CancellationToken cancellationToken)
    {
        if (options.Top == 0 || call.Turn.Question.Length == 0)
        {
            return call.Messages;
        }

        using var patience = new CancellationTokenSource(options.Patience, memory.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var found = await memory.RecallAsync(
                new() { Owner = call.Owner, Text = call.Turn.Question, Top = options.Top, MinSimilarity = options.MinSimilarity }, either.Token).AsTask().WaitAsync(either.Token);
            LogRecalled(_logger, found.Count);
            return MemoryMessage.Of(found, options.MaxCharacters) is { } message ? [.. call.Messages.Take(call.Turn.Start), message, .. call.Messages.Skip(call.Turn.Start)] : call.Messages;
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested) // an answer without memory is better than none
        {
            Meters.CountChatFailure(TelemetryNames.ReasonRecall);
            LogNotRecalled(_logger, Describe(ex));
            return call.Messages;
        }
    }

    private async ValueTask RememberAsync(ChatCall call, ChatResponse response)
    {
        if (!options.Remembers)
        {
            return;
        }

        try
        {
            var kept = await memory.RememberAsync(call.Owner, call.Thread, call.Turn, response, call.AskedAt, call.HoldsHistory, CancellationToken.None); // the answer was given, whoever still waits for it
            LogRemembered(_logger, kept);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException) // the person has an answer, and gets it
        {
            Meters.CountChatFailure(TelemetryNames.ReasonRemember);
            LogNotRemembered(_logger, Describe(ex));
        }
    }

    /// <summary>Says what failed without what could hold text of messages.</summary>
    private static string Describe(Exception failure) => failure is RecollectException or IOException ? failure.Message : failure.GetType().Name;

    [LoggerMessage(9001, LogLevel.Debug, "Recalled {Count} memories before an answer")]
    private static partial void LogRecalled(ILogger logger, int count);

    [LoggerMessage(9002, LogLevel.Warning, "An answer is given without memory: {Error}")]
    private static partial void LogNotRecalled(ILogger logger, string error);

    [LoggerMessage(9003, LogLevel.Debug, "Kept {Count} messages of an answer")]
    private static partial void LogRemembered(ILogger logger, int count);

    [LoggerMessage(9004, LogLevel.Error, "An answer was given and could not be kept: {Error}")]
    private static partial void LogNotRemembered(ILogger logger, string error);
}
