using System.Globalization;

namespace Recollect.Connectors.Sqs;

/// <summary>Checks credentials, queue and dead-letter queue.</summary>
/// <param name="place">The queues.</param>
/// <param name="errors">Names the service.</param>
internal sealed class SqsDoctor(SqsPlace place, SqsErrors errors)
{
    private const int FewestReceives = 3;

    /// <summary>Checks them.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var queue = await place.DescribeAsync(cancellationToken);
            var found = string.Create(CultureInfo.InvariantCulture, $"{errors.Service}, queue \"{SqsAddress.NameOf(place.QueueUrl)}\": {queue.Waiting:N0} waiting, {queue.Taken:N0} taken, messages of up to {queue.MaxBytes:N0} bytes");
            if (place.DeadLetterUrl(queue) is not { } url)
            {
                return new(Healthy: true, $"{found}, no dead-letter queue", $"Create a second queue and a redrive policy that names it (maxReceiveCount 10), or set {SqsOptions.SectionName}:DeadLetterQueueUrl. Until then a message that cannot be worked on comes again until it is too old.");
            }

            var dead = await place.DescribeAsync(url, cancellationToken);
            return new(
                Healthy: true,
                string.Create(CultureInfo.InvariantCulture, $"{found}, {dead.Waiting + dead.Taken:N0} dead letters in \"{SqsAddress.NameOf(url)}\""),
                queue.MaxReceiveCount < FewestReceives ? $"Raise maxReceiveCount of the redrive policy to 10: each stop of a worker counts, and a message is moved after {queue.MaxReceiveCount}."
                    : dead.Waiting + dead.Taken > 0 ? $"Look at the dead letters: the attribute {SqsMessage.ReasonAttribute} of each says why. Start a redrive for those that should be tried again, and purge the rest."
                    : null);
        }
        catch (SqsCallException ex)
        {
            throw SqsApi.Describe(ex);
        }
    }
}
