using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Publishes messages, and waits until the broker has confirmed each.</summary>
/// <remarks>Safe to use concurrently: the channel sends one message after the other and lets confirmations overlap.</remarks>
/// <param name="link">The connection of senders.</param>
/// <param name="options">The settings.</param>
/// <param name="failures">Describes failures.</param>
/// <param name="time">Times the waiting.</param>
internal sealed class RabbitMqSender(RabbitMqLink link, RabbitMqOptions options, RabbitMqFailures failures, TimeProvider time) : IAsyncDisposable
{
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private const int MaxAttempts = 4;

    /// <summary>How long a queue has to find a leader, and one that was deleted stays so: made again before the broker has told its consumers, they stay deaf and hold its first messages.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IChannel? _channel;

    /// <summary>Publishes a message. What broke since the last one is mended first.</summary>
    /// <param name="exchange">The exchange; empty for the default one.</param>
    /// <param name="routingKey">The routing key.</param>
    /// <param name="properties">The properties.</param>
    /// <param name="body">The body.</param>
    /// <param name="isMandatory">Whether it is a failure that no queue takes it.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent all the same.</param>
    /// <exception cref="QueueException">It was not confirmed.</exception>
    public async Task SendAsync(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, bool isMandatory, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    // Not cancelled within: a message that is half on its way would break the channel for all.
                    var channel = await OpenAsync(either.Token);
                    await channel.BasicPublishAsync(exchange, routingKey, isMandatory, properties, body, CancellationToken.None).AsTask().WaitAsync(either.Token);
                    return;
                }
                catch (Exception ex) when (attempt < MaxAttempts && RabbitMqFailures.IsUnsent(ex))
                {
                    await MendAsync(ex, either.Token);
                }
            }
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ex is OperationCanceledException ? failures.OfSilence(link.Blocked, ex) : failures.Of(ex);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ForgetAsync();
        await link.DisposeAsync();
    }

    private async ValueTask<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _channel is { IsOpen: true } open ? open : _channel = await link.OpenChannelAsync(Confirmed, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask MendAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (failure is not AlreadyClosedException)
        {
            await Task.Delay(Pause, time, cancellationToken);
        }

        if (RabbitMqFailures.IsGone(failure))
        {
            await ForgetAsync();
        }
    }

    private async ValueTask ForgetAsync()
    {
        await _gate.WaitAsync();
        try
        {
            link.Forget();
            _channel = null; // others may still wait on it; it ends with its connection
        }
        finally
        {
            _gate.Release();
        }
    }
}
