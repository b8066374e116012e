using System.Diagnostics.CodeAnalysis;
using Recollect.Work;

namespace Recollect.Connectors.Sqs;

/// <summary>A message that is kept from others by a heartbeat until it is settled.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever settles it stops its heart; the gate holds no handle")]
internal sealed class SqsDelivery : IQueueDelivery
{
    private readonly SqsQueue _queue;
    private readonly SqsMessage _message;
    private readonly SemaphoreSlim? _places;
    private readonly SemaphoreSlim _gate = new(1, 1); // no heartbeat after the settlement
    private readonly ITimer _heart;
    private int _isSettled;
    private bool _isOver;

    /// <summary>Initializes a new instance of the <see cref="SqsDelivery"/> class, and lets its heart beat.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="places">The places of the receiver; null for one that has none for it.</param>
    public SqsDelivery(SqsQueue queue, SqsMessage message, SemaphoreSlim? places)
    {
        (_queue, _message, _places) = (queue, message, places);
        Message = message.ToMessage();
        _heart = queue.Time.CreateTimer(static state => _ = ((SqsDelivery)state!).BeatAsync(), this, queue.Beat, queue.Beat);
    }

    /// <inheritdoc/>
    public QueueMessage Message { get; }

    /// <inheritdoc/>
    public int Deliveries => _message.Deliveries;

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellationToken) =>
        SettleAsync(stop => _queue.Place.DeleteAsync(_message, stop), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ReturnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(stop => _queue.Place.ReturnAsync(_message, stop), cancellationToken);
        }
        catch (QueueException ex) // it comes again when its time is over
        {
            _queue.NoteUnreturned(ex);
        }
    }

    /// <inheritdoc/>
    public ValueTask DeadLetterAsync(string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return SettleAsync(stop => _queue.BuryAsync(_message, DeadLetterReason.Of(reason), stop), cancellationToken);
    }

    private async ValueTask SettleAsync(Func<CancellationToken, Task> settle, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0)
        {
            return;
        }

        try
        {
            await StopHeartAsync();
            await settle(cancellationToken);
        }
        catch (SqsCallException ex) when (ex.IsStale) // its time was over; whoever has it now settles it
        {
            _queue.NoteLost(ex);
        }
        catch (SqsCallException ex)
        {
            throw SqsApi.Describe(ex);
        }
        finally
        {
            _places?.Release();
            _queue.Forget(this);
        }
    }

    private async Task StopHeartAsync()
    {
        await _heart.DisposeAsync();
        await _gate.WaitAsync();
        _isOver = true;
        _gate.Release();
    }

    private async Task BeatAsync()
    {
        if (!await _gate.WaitAsync(TimeSpan.Zero)) // the one before is not answered yet
        {
            return;
        }

        try
        {
            if (!_isOver)
            {
                await _queue.Place.KeepAsync(_message, _queue.Stopping);
            }
        }
        catch (SqsCallException ex) when (ex.IsStale)
        {
            _isOver = true;
            _queue.NoteLost(ex);
        }
        catch (SqsCallException ex) // the next beat comes in time
        {
            _queue.NoteMissedBeat(ex);
        }
        catch (OperationCanceledException)
        {
            _isOver = true;
        }
        finally
        {
            _gate.Release();
        }
    }
}
