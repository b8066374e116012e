using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Carries work over a quorum queue of RabbitMQ.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, as brokers have it")]
public sealed partial class RabbitMqQueue : IWorkQueue, IAsyncDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string QueueName = "rabbitmq";

    private const int MaxBytes = 1024 * 1024; // far below what every broker takes

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ILogger<RabbitMqQueue> _logger;
    private readonly TimeProvider _time;
    private readonly RabbitMqTopology _topology;
    private readonly RabbitMqFailures _failures;
    private readonly RabbitMqLink _receiving;
    private readonly RabbitMqSender _sender;
    private readonly RabbitMqBurial _burial;

    /// <summary>Initializes a new instance of the <see cref="RabbitMqQueue"/> class. Nothing is connected before the first call.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Times pauses and waiting.</param>
    /// <param name="logger">Is told when the broker is lost and found again.</param>
    public RabbitMqQueue(IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<RabbitMqQueue> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_time, _logger) = (time, logger);
        _topology = new(options.Value);
        _failures = new(options.Value);
        _receiving = new(options.Value, _topology, _failures, "receiver");
        _sender = new(new(options.Value, _topology, _failures, "sender"), options.Value, _failures, time);
        _burial = new(_sender, _topology, _failures);
    }

    /// <inheritdoc/>
    public string Name => QueueName;

    /// <inheritdoc/>
    public ValueTask<int> GetMaxBytesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(MaxBytes);

    /// <inheritdoc/>
    public async ValueTask SendAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentException.ThrowIfNullOrEmpty(message.Body, nameof(message));
        var body = RabbitMqMessage.Bytes(message.Body);
        if (body.Length > MaxBytes)
        {
            throw new QueueException(string.Create(CultureInfo.InvariantCulture, $"The queue {QueueName} takes messages of {MaxBytes:N0} bytes at the most; this one has {body.Length:N0}. Send it in parts."));
        }

        await _sender.SendAsync(string.Empty, _topology.Queue, RabbitMqMessage.Properties(message), body, isMandatory: true, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IQueueDelivery> ReceiveAsync(int prefetch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        var places = new SemaphoreSlim(prefetch); // lives on with what was given out; what a lost connection took still has its place
        while (true)
        {
            var (consumer, tag) = await SubscribeAsync(prefetch, cancellationToken);
            try
            {
                while (true)
                {
                    await places.WaitAsync(cancellationToken);
                    if (await NextAsync(consumer, places, cancellationToken) is not { } delivery)
                    {
                        break;
                    }

                    yield return delivery;
                }
            }
            finally
            {
                await consumer.StopAsync(tag);
            }

            LogLost(_logger, _failures.Broker);
            await Task.Delay(FirstPause, _time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<QueueDepth> GetDepthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await _receiving.OpenChannelAsync(channelOptions: null, cancellationToken);
            var waiting = await channel.QueueDeclarePassiveAsync(_topology.Queue, cancellationToken);
            var dead = await channel.QueueDeclarePassiveAsync(_topology.Dead, cancellationToken);
            return new(waiting.MessageCount, Taken: null, dead.MessageCount);
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _receiving.Forget();
            throw _failures.Of(ex);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => new RabbitMqDoctor(_receiving, _sender, _topology, _failures).DiagnoseAsync(cancellationToken);

    /// <summary>Closes the connections; the broker gives back what is not settled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _receiving.DisposeAsync();
        await _sender.DisposeAsync();
    }

    private static async ValueTask<RabbitMqDelivery?> NextAsync(RabbitMqConsumer consumer, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        var delivery = await consumer.NextAsync(cancellationToken);
        if (delivery is null)
        {
            places.Release();
        }
        else
        {
            delivery.GiveOut(places);
        }

        return delivery;
    }

    private async Task<(RabbitMqConsumer Consumer, string Tag)> SubscribeAsync(int prefetch, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause + pause < LongestPause ? pause + pause : LongestPause)
        {
            try
            {
                return await TrySubscribeAsync(prefetch, cancellationToken);
            }
            catch (QueueException ex) when (ex.IsTransient)
            {
                LogUnreachable(_logger, ex.Message, pause.TotalSeconds);
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    private async Task<(RabbitMqConsumer Consumer, string Tag)> TrySubscribeAsync(int prefetch, CancellationToken cancellationToken)
    {
        var channel = await _receiving.OpenChannelAsync(channelOptions: null, cancellationToken);
        var consumer = new RabbitMqConsumer(channel, _burial);
        try
        {
            await channel.BasicQosAsync(prefetchSize: 0, (ushort)Math.Min(prefetch, ushort.MaxValue), global: false, cancellationToken);
            return (consumer, await channel.BasicConsumeAsync(_topology.Queue, autoAck: false, consumer, cancellationToken));
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex))
        {
            _receiving.Forget();
            await consumer.CloseAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw _failures.Of(ex);
        }
    }

    [LoggerMessage(6701, LogLevel.Warning, "The connection to {Broker} was lost; it is made again")]
    private static partial void LogLost(ILogger logger, string broker);

    [LoggerMessage(6702, LogLevel.Warning, "{Error} Receiving is tried again in {Seconds} s")]
    private static partial void LogUnreachable(ILogger logger, string error, double seconds);
}
