using System.Globalization;
using RabbitMQ.Client;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Checks connection, queues and rights, and that the broker takes messages.</summary>
/// <param name="link">The connection of receivers.</param>
/// <param name="sender">Publishes.</param>
/// <param name="topology">Names the queues.</param>
/// <param name="failures">Describes failures.</param>
internal sealed class RabbitMqDoctor(RabbitMqLink link, RabbitMqSender sender, RabbitMqTopology topology, RabbitMqFailures failures)
{
    /// <summary>Checks it.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            link.Forget(); // so that the kind of the queues is compared now
            await using var channel = await link.OpenChannelAsync(channelOptions: null, cancellationToken);
            var queue = await channel.QueueDeclarePassiveAsync(topology.Queue, cancellationToken);
            var dead = await channel.QueueDeclarePassiveAsync(topology.Dead, cancellationToken);

            // Nobody has a queue of this name: the broker confirms and drops it, unless it has an alarm.
            await sender.SendAsync(string.Empty, $"{topology.Queue}.doctor", new BasicProperties(), ReadOnlyMemory<byte>.Empty, isMandatory: false, cancellationToken);
            return new(
                Healthy: true,
                string.Create(CultureInfo.InvariantCulture, $"{failures.Broker} ({link.Version ?? "unknown version"}), quorum queue \"{topology.Queue}\": {queue.MessageCount:N0} waiting, {queue.ConsumerCount:N0} receivers, {dead.MessageCount:N0} dead letters in \"{topology.Dead}\""),
                dead.MessageCount == 0 ? null : $"Look at the dead letters: the header {RabbitMqMessage.ReasonHeader} of each says why. Move those that should be tried again, and purge the rest.");
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw failures.Of(ex);
        }
    }
}
