using RabbitMQ.Client;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>A message on the channel on which it came.</summary>
/// <param name="consumer">The subscription.</param>
/// <param name="burial">Settles dead letters.</param>
/// <param name="tag">What the channel calls it.</param>
/// <param name="deliveries">How often it was delivered.</param>
/// <param name="properties">What it came with.</param>
/// <param name="body">Its body, to the byte.</param>
internal sealed class RabbitMqDelivery(RabbitMqConsumer consumer, RabbitMqBurial burial, ulong tag, int deliveries, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) : IQueueDelivery
{
    private SemaphoreSlim? _places;
    private int _isSettled;

    /// <inheritdoc/>
    public QueueMessage Message { get; } = RabbitMqMessage.Read(properties, body.Span);

    /// <inheritdoc/>
    public int Deliveries => deliveries;

    /// <summary>Notes whose place it takes until it is settled.</summary>
    public void GiveOut(SemaphoreSlim places) => _places = places;

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (TrySettle())
        {
            await EndAsync(AcknowledgeAsync, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ReturnAsync(CancellationToken cancellationToken)
    {
        if (TrySettle())
        {
            await EndAsync(GiveBackAsync, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeadLetterAsync(string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (TrySettle())
        {
            await EndAsync(() => BuryAsync(reason, cancellationToken), CancellationToken.None); // which stops by itself
        }
    }

    private bool TrySettle() => Interlocked.Exchange(ref _isSettled, 1) == 0;

    private async Task EndAsync(Func<Task> settle, CancellationToken cancellationToken)
    {
        await EndAsync().WaitAsync(cancellationToken); // half an order to the broker would break the channel

        async Task EndAsync()
        {
            try
            {
                await settle();
            }
            finally
            {
                _places?.Release();
                await consumer.LetGoAsync();
            }
        }
    }

    private async Task AcknowledgeAsync()
    {
        try
        {
            await consumer.Channel.BasicAckAsync(tag, multiple: false);
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex))
        {
            throw new QueueException($"The connection to {burial.Failures.Broker} broke before a message was settled; it comes again.", isTransient: true, ex);
        }
    }

    private async Task GiveBackAsync()
    {
        try
        {
            await consumer.Channel.BasicNackAsync(tag, multiple: false, requeue: true);
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex)) // the broker gives it back itself
        {
        }
    }

    private async Task BuryAsync(string reason, CancellationToken cancellationToken)
    {
        try
        {
            await burial.BuryAsync(properties, body, reason, cancellationToken);
        }
        catch
        {
            await GiveBackAsync();
            throw;
        }

        await AcknowledgeAsync();
    }
}
