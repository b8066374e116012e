using RabbitMQ.Client;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Puts messages into the dead-letter queue, with the reason in a header.</summary>
/// <param name="sender">Publishes them.</param>
/// <param name="topology">Names the exchange.</param>
/// <param name="failures">Describes failures.</param>
internal sealed class RabbitMqBurial(RabbitMqSender sender, RabbitMqTopology topology, RabbitMqFailures failures)
{
    /// <summary>Gets what describes failures.</summary>
    public RabbitMqFailures Failures => failures;

    /// <summary>Puts a copy there.</summary>
    /// <param name="properties">What the message came with.</param>
    /// <param name="body">Its body, to the byte.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="QueueException">It was not confirmed.</exception>
    public Task BuryAsync(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, string reason, CancellationToken cancellationToken) =>
        sender.SendAsync(topology.Dead, string.Empty, RabbitMqMessage.DeadProperties(properties, DeadLetterReason.Of(reason)), body, isMandatory: true, cancellationToken);
}
