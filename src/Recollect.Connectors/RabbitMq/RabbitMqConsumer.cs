using System.Threading.Channels;
using RabbitMQ.Client;

namespace Recollect.Connectors.RabbitMq;

/// <summary>One subscription: what came on it, on the channel on which it must be settled.</summary>
/// <remarks>Its channel is closed when it is stopped and all that was given out is settled.</remarks>
/// <param name="channel">The channel.</param>
/// <param name="burial">Settles dead letters.</param>
internal sealed class RabbitMqConsumer(IChannel channel, RabbitMqBurial burial) : AsyncDefaultBasicConsumer(channel)
{
    private readonly Channel<RabbitMqDelivery> _arrived = System.Threading.Channels.Channel.CreateUnbounded<RabbitMqDelivery>();
    private int _holds = 1; // the receiver's own, and one for each unsettled message

    /// <summary>Gets a value indicating whether messages can come and be settled.</summary>
    public bool IsOpen => Channel.IsOpen;

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The message; null when the subscription has ended.</returns>
    public async ValueTask<RabbitMqDelivery?> NextAsync(CancellationToken cancellationToken) =>
        await _arrived.Reader.WaitToReadAsync(cancellationToken) && IsOpen && _arrived.Reader.TryRead(out var delivery) ? delivery : null;

    /// <summary>Takes no more, and gives back what was not given out.</summary>
    /// <param name="tag">The subscription.</param>
    public async Task StopAsync(string tag)
    {
        _arrived.Writer.TryComplete();
        try
        {
            if (IsOpen)
            {
                await Channel.BasicCancelAsync(tag);
            }
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex)) // a broken one takes nothing either
        {
        }

        while (_arrived.Reader.TryRead(out var delivery))
        {
            await delivery.ReturnAsync(CancellationToken.None);
        }

        await LetGoAsync();
    }

    /// <summary>Notes that one message is settled, or that the receiver is done.</summary>
    public async ValueTask LetGoAsync()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            await CloseAsync();
        }
    }

    /// <summary>Closes the channel at once; the broker gives back what is not settled.</summary>
    public async ValueTask CloseAsync()
    {
        try
        {
            await Channel.DisposeAsync();
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex)) // it was broken already
        {
        }
    }

    /// <inheritdoc/>
    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _holds);
        var delivery = new RabbitMqDelivery(this, burial, deliveryTag, RabbitMqMessage.Deliveries(properties, redelivered), new BasicProperties(properties), body.ToArray());
        if (!_arrived.Writer.TryWrite(delivery))
        {
            await delivery.ReturnAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
    {
        _arrived.Writer.TryComplete();
        return base.OnCancelAsync(consumerTags, cancellationToken);
    }
}
