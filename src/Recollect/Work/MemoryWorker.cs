using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Memorize;
using Recollect.Memorize.Delivery;
using Recollect.Runs;
using Recollect.Telemetry;

namespace Recollect.Work;

/// <summary>Takes messages from the work queue and makes the memories that they ask for. Any number of processes may do so at once.</summary>
/// <remarks>
/// A message is done only when each of its conversations is stored or recorded as failed. What cannot be reached is waited for
/// with the message in hand; what was begun and not ended comes again. Nothing is taken out of the queue and forgotten.
/// </remarks>
public sealed partial class MemoryWorker
{
    private const int MostUnforeseen = 5;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly IWorkQueue _queue;
    private readonly BatchRunner _runner;
    private readonly MemoryTrigger _trigger;
    private readonly QueueWatch _watch;
    private readonly IReadOnlyList<ITaskHandler> _handlers;
    private readonly WorkerOptions _options;
    private readonly int _batches;
    private readonly bool _hasMirror;
    private readonly TimeProvider _time;
    private readonly ILogger<MemoryWorker> _logger;
    private long _messages;
    private long _made;
    private long _failed;

    internal MemoryWorker(
        IWorkQueue queue, BatchRunner runner, MemoryTrigger trigger, QueueWatch watch, IEnumerable<ITaskHandler> handlers, CallPlaces places,
        ChosenMirror mirror, IOptions<WorkerOptions> options, TimeProvider time, ILogger<MemoryWorker> logger)
    {
        (_queue, _runner, _trigger, _watch, _handlers, _options, _time, _logger) = (queue, runner, trigger, watch, [.. handlers], options.Value, time, logger);
        _batches = (places.Conversations / _options.BatchSize) + 2; // enough to fill every place, and one more while another ends
        _hasMirror = mirror.Mirror is not null;
    }

    /// <summary>Works until it is stopped.</summary>
    /// <param name="stopping">Ends the work: conversations in hand are finished, messages that are not done go back to the queue.</param>
    /// <param name="cancellationToken">Ends it at once: conversations in hand are rolled back.</param>
    /// <returns>What was done since the process began.</returns>
    /// <exception cref="ConfigurationException">Memories are mirrored into files of this machine.</exception>
    /// <exception cref="QueueException">The broker refused, and trying again does not help.</exception>
    public async Task<WorkerReport> RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        if (_hasMirror)
        {
            throw new ConfigurationException("Delivery:Mirror keeps files of one machine, which several workers cannot write together; set it to none where work comes from a queue.");
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        var sweeping = SweepAsync(end.Token);
        LogBegun(_logger, _queue.Name, _batches);
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _batches, CancellationToken = CancellationToken.None };
            await Parallel.ForEachAsync(_queue.ReceiveAsync(_batches, end.Token), options, async (delivery, _) => await TakeAsync(delivery, end.Token, cancellationToken));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested) // how it ends
        {
        }
        finally
        {
            await end.CancelAsync();
            await sweeping;
            LogEnded(_logger);
        }

        return new(Interlocked.Read(ref _messages), Interlocked.Read(ref _made), Interlocked.Read(ref _failed));
    }

    private async Task TakeAsync(IQueueDelivery delivery, CancellationToken stopping, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _messages);
        using var span = Tracing.BeginTaken(TelemetryNames.SpanBatch, delivery.Message.TraceParent);
        span?.Tag(TelemetryNames.TagQueue, _queue.Name);
        span?.Tag(TelemetryNames.TagDeliveries, delivery.Deliveries);
        try
        {
            var message = TaskMessage.Read(delivery.Message.Body);
            span?.Tag(TelemetryNames.TagConversations, message.Conversations.Count);
            await (message.Kind switch
            {
                TaskKind.Batch when message.Conversations.Count > _options.BatchSize => PartAsync(delivery, message.Conversations, cancellationToken),
                TaskKind.Batch => WorkAsync(delivery, message.Conversations, span, stopping, cancellationToken),
                TaskKind.Foreign => HandOverAsync(delivery, message.TaskType, span, stopping),
                _ => BuryAsync(delivery, message.Problem!, span, cancellationToken),
            });
        }
        catch (OperationCanceledException ex) when (stopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            span?.Fail(ex);
            await delivery.ReturnAsync(CancellationToken.None);
        }
        catch (QueueException ex) // the message comes again
        {
            span?.Fail(ex);
            LogUnsettled(_logger, ex.Message);
        }
    }

    /// <summary>Parts a long message, so that others can share the work.</summary>
    private async Task PartAsync(IQueueDelivery delivery, IReadOnlyList<string> conversations, CancellationToken cancellationToken)
    {
        foreach (var (body, _) in TaskMessage.Write(conversations, await _queue.GetMaxBytesAsync(cancellationToken), _options.BatchSize))
        {
            await _queue.SendAsync(delivery.Message with { Body = body }, cancellationToken);
        }

        await delivery.CompleteAsync(cancellationToken);
        LogParted(_logger, conversations.Count, _options.BatchSize);
    }

    /// <summary>Works on a batch until each of its conversations is stored or recorded as failed.</summary>
    private async Task WorkAsync(IQueueDelivery delivery, IReadOnlyCollection<string> conversations, TraceSpan? span, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var (unforeseen, made, failed) = (0, 0, 0);
        for (var wait = ShortestWait; conversations.Count > 0 && !stopping.IsCancellationRequested;)
        {
            try
            {
                var result = await _runner.RunAsync(conversations, stopping, cancellationToken);
                Interlocked.Add(ref _made, result.Made);
                Interlocked.Add(ref _failed, result.Failed);
                (made, failed) = (made + result.Made, failed + result.Failed);
                wait = result.Left.Count < conversations.Count ? ShortestWait : wait;
                conversations = result.Left; // another worker has them, or the work is stopping
            }
            catch (RecollectException ex) // something cannot be reached: the message waits in hand until it can
            {
                LogUnreachable(_logger, wait.TotalSeconds, ex.Message);
            }
            catch (Exception ex) when (ex is not OperationCanceledException) // a fault of ours: not for ever
            {
                LogUnforeseen(_logger, FailureHandler.ErrorOf(ex));
                if (++unforeseen == MostUnforeseen)
                {
                    span?.Fail(FailureHandler.ErrorOf(ex));
                    await delivery.DeadLetterAsync($"unexpected failure: {FailureHandler.ErrorOf(ex)}", cancellationToken);
                    return;
                }
            }

            if (conversations.Count > 0 && !stopping.IsCancellationRequested)
            {
                await Task.Delay(wait, _time, stopping);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }

        span?.Tag(TelemetryNames.TagMade, made);
        span?.Tag(TelemetryNames.TagFailed, failed);
        await (conversations.Count == 0 ? delivery.CompleteAsync(CancellationToken.None) : delivery.ReturnAsync(CancellationToken.None));
    }

    /// <summary>Lets the handlers of the host look at a message that is not ours.</summary>
    private async Task HandOverAsync(IQueueDelivery delivery, string? taskType, TraceSpan? span, CancellationToken stopping)
    {
        try
        {
            foreach (var handler in _handlers)
            {
                if (await handler.HandleAsync(delivery.Message, taskType, stopping))
                {
                    await delivery.CompleteAsync(CancellationToken.None);
                    return;
                }
            }
        }
        catch (Exception ex) when (ex is not OperationCanceledException and not QueueException) // somebody else's code
        {
            LogUnforeseen(_logger, FailureHandler.ErrorOf(ex));
            if (delivery.Deliveries < MostUnforeseen)
            {
                await Task.Delay(ShortestWait, _time, stopping);
                await delivery.ReturnAsync(CancellationToken.None);
                return;
            }
        }

        await BuryAsync(delivery, taskType is null ? "it has no task_type, and no handler takes it" : "no handler takes its task_type", span, CancellationToken.None);
    }

    private async Task BuryAsync(IQueueDelivery delivery, string reason, TraceSpan? span, CancellationToken cancellationToken)
    {
        span?.Fail(reason);
        LogBuried(_logger, reason);
        await delivery.DeadLetterAsync(reason, cancellationToken);
    }

    /// <summary>Puts those on the queue again whose pause after a failure is over, and looks how much waits.</summary>
    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(_options.Sweep, _time);
        try
        {
            do
            {
                try
                {
                    await _trigger.SweepAsync(stopping);
                }
                catch (RecollectException ex)
                {
                    LogNotSwept(_logger, ex.Message);
                }

                await _watch.LookAsync(stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) // how it ends
        {
        }
    }

    [LoggerMessage(30201, LogLevel.Information, "Working on the queue {Queue}, up to {Batches} messages at once")]
    private static partial void LogBegun(ILogger logger, string queue, int batches);

    [LoggerMessage(30202, LogLevel.Information, "Stopped working")]
    private static partial void LogEnded(ILogger logger);

    [LoggerMessage(30203, LogLevel.Information, "Parted a message of {Conversations} conversations into messages of {BatchSize}")]
    private static partial void LogParted(ILogger logger, int conversations, int batchSize);

    [LoggerMessage(30204, LogLevel.Warning, "The work waits {Seconds} s: {Error}")]
    private static partial void LogUnreachable(ILogger logger, double seconds, string error);

    [LoggerMessage(30205, LogLevel.Error, "The work failed: {Error}")]
    private static partial void LogUnforeseen(ILogger logger, string error);

    [LoggerMessage(30206, LogLevel.Warning, "A message went to the dead-letter queue: {Reason}")]
    private static partial void LogBuried(ILogger logger, string reason);

    [LoggerMessage(30207, LogLevel.Warning, "A message could not be settled and comes again: {Error}")]
    private static partial void LogUnsettled(ILogger logger, string error);

    [LoggerMessage(30208, LogLevel.Warning, "Failed conversations could not be put on the queue again: {Error}")]
    private static partial void LogNotSwept(ILogger logger, string error);
}
