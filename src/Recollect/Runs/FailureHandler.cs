using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Recollect.Conversations;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Runs;

/// <summary>Tries calls again within a run, and notes conversations that failed all the same for later runs.</summary>
internal sealed partial class FailureHandler
{
    private const int StoreFailuresThatStopARun = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5); // within a run; what asks for more is left to a later run

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly IStateStore _state;
    private readonly RunOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FailureHandler> _logger;
    private readonly ResiliencePipeline _retries;

    public FailureHandler(IStateStore state, IOptions<RunOptions> options, TimeProvider time, ILogger<FailureHandler> logger)
    {
        (_state, _options, _time, _logger) = (state, options.Value, time, logger);
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = _options.Attempts - 1,
                Delay = _options.Delay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = static call => new((call.Outcome.Exception as RecollectException)?.RetryAfter), // null: as it doubles
                ShouldHandle = new PredicateBuilder().Handle<RecollectException>(ex => ex.IsTransient && !(ex.RetryAfter > LongestWait)).Handle<TimeoutException>(),
            })
            .Build();
    }

    /// <summary>Makes a call, and makes it again while its failure may pass.</summary>
    /// <param name="call">The call.</param>
    /// <param name="onFailure">Is told of every failure, also of those that are tried again.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    public ValueTask<TResult> TryAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> call, Action<RecollectException>? onFailure, CancellationToken cancellationToken) =>
        _retries.ExecuteAsync(
            async token =>
            {
                try
                {
                    return await call(token);
                }
                catch (RecollectException ex)
                {
                    onFailure?.Invoke(ex);
                    throw;
                }
                catch (OperationCanceledException ex) when (!token.IsCancellationRequested) // nobody stopped the run: a client gave up waiting
                {
                    throw new TimeoutException("A call gave up waiting.", ex);
                }
            },
            cancellationToken);

    /// <summary>Notes that a conversation was stored.</summary>
    public async ValueTask SucceededAsync(WorkItem item, Run run)
    {
        run.StoreTook();
        if (item.IsPending)
        {
            await _state.Pending.RemoveAsync([item.Change.Conversation.Id], CancellationToken.None); // what is stored is done
        }
    }

    /// <summary>Notes a failure and when the conversation may be tried again.</summary>
    /// <exception cref="MemoryStoreException">The store has refused several conversations in a row: no use to go on.</exception>
    /// <exception cref="StateStoreException">The failure was, or now is, one of the state.</exception>
    public async ValueTask FailedAsync(WorkItem item, Run run, Exception failure, CancellationToken cancellationToken)
    {
        var conversation = item.Change.Conversation;
        var reason = ReasonOf(failure);
        LogFailed(_logger, conversation.Id, reason, ErrorOf(failure));
        if (failure is DeliveryException)
        {
            run.Ledger.Delivered(succeeded: false);
        }

        if (failure is StateStoreException)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (failure is MemoryStoreException && run.StoreRefused() >= StoreFailuresThatStopARun)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        await _state.Pending.SaveAsync([Pending(conversation, item.FailedRuns, reason, failure)], cancellationToken);
    }

    /// <summary>Gets the reason that reports count.</summary>
    public static string ReasonOf(Exception failure) => failure switch
    {
        GenerationException => FailureReasons.Generation,
        DeliveryException => FailureReasons.Delivery,
        EmbeddingException => FailureReasons.Embedding,
        MemoryStoreException => FailureReasons.Store,
        StateStoreException => FailureReasons.State,
        _ => FailureReasons.Unexpected,
    };

    /// <summary>Describes a failure for logs and status: the message of an unforeseen one may hold text of messages, its type and place do not.</summary>
    public static string ErrorOf(Exception failure) =>
        failure is RecollectException ? failure.Message : $"{failure.GetType().Name} in {failure.TargetSite?.DeclaringType?.Name}.{failure.TargetSite?.Name}";

    private PendingConversation Pending(Conversation conversation, int failedBefore, string reason, Exception failure)
    {
        var isOverBudget = failure is EmbeddingException { IsOverBudget: true } or GenerationException { IsOverBudget: true }; // its turn has not come yet: that parks nothing
        var failedRuns = isOverBudget ? failedBefore : failedBefore + 1;
        var isParked = (!isOverBudget && failedRuns >= _options.ParkAfterRuns) || failure is DeliveryException { IsRefusal: true };
        var pause = TimeSpan.FromTicks((long)Math.Min(_options.Pause.Ticks * Math.Pow(2, Math.Max(0, failedRuns - 1)), LongestPause.Ticks));
        if (failure is RecollectException { RetryAfter: { } wait } && wait > pause)
        {
            pause = wait < LongestPause ? wait : LongestPause;
        }

        return new()
        {
            ConversationId = conversation.Id,
            Source = conversation.Thread.Source,
            Tenant = conversation.Owner.Tenant,
            User = conversation.Owner.User,
            StartedAt = conversation.StartedAt,
            Status = isParked ? PendingStatus.Parked : PendingStatus.Failed,
            ContentHash = conversation.ContentHash,
            FailedRuns = failedRuns,
            Reason = reason,
            Error = ErrorOf(failure),
            NextTryAt = isParked ? null : _time.GetUtcNow() + pause,
        };
    }

    [LoggerMessage(1101, LogLevel.Warning, "Conversation {ConversationId} failed: {Reason}: {Error}")]
    private static partial void LogFailed(ILogger logger, string conversationId, string reason, string error);
}
