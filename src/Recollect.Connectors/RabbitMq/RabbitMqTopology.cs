using RabbitMQ.Client;

namespace Recollect.Connectors.RabbitMq;

/// <summary>The queue, its dead-letter exchange and the queue behind that.</summary>
/// <param name="options">Names the queue.</param>
internal sealed class RabbitMqTopology(RabbitMqOptions options)
{
    /// <summary>Gets the queue.</summary>
    public string Queue => options.Queue;

    /// <summary>Gets the dead-letter exchange, and the queue that gets all of it.</summary>
    public string Dead { get; } = $"{options.Queue}.dead";

    /// <summary>Declares all of it; what is there as it should be stays as it is.</summary>
    /// <param name="channel">The channel, which the broker closes when something else is there.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(Dead, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await DeclareQueueAsync(channel, Dead, new(StringComparer.Ordinal), cancellationToken);
        await channel.QueueBindAsync(Dead, Dead, routingKey: string.Empty, cancellationToken: cancellationToken);
        await DeclareQueueAsync(
            channel,
            Queue,
            new(StringComparer.Ordinal)
            {
                ["x-delivery-limit"] = options.MaxDeliveries,
                ["x-dead-letter-exchange"] = Dead,
                ["x-dead-letter-strategy"] = "at-least-once", // a message is gone only after the other queue has it
                ["x-overflow"] = "reject-publish", // which that strategy needs
            },
            cancellationToken);
    }

    private static Task<QueueDeclareOk> DeclareQueueAsync(IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments["x-queue-type"] = "quorum";
        return channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
    }
}
