using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Recollect.Work;

/// <summary>Carries messages within this process, where <c>serve</c> does the work itself.</summary>
/// <remarks>
/// Memory is the only bound. What waits is lost when the process ends; the state knows which conversations were queued and
/// not done, and they are sent again. A dead letter is logged with its reason and counted, and its body is dropped.
/// </remarks>
/// <param name="logger">Is told of dead letters.</param>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, as brokers have it")]
public sealed partial class InProcessQueue(ILogger<InProcessQueue> logger) : IWorkQueue
{
    /// <summary>The name in configuration.</summary>
    public const string QueueName = "inprocess";

    private const int MaxBytes = 1024 * 1024; // no more than brokers carry, so that what goes here goes there

    private readonly Channel<(QueueMessage Message, int Deliveries)> _waiting = Channel.CreateUnbounded<(QueueMessage, int)>();
    private long _taken;
    private long _dead;

    /// <inheritdoc/>
    public string Name => QueueName;

    /// <inheritdoc/>
    public ValueTask<int> GetMaxBytesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(MaxBytes);

    /// <inheritdoc/>
    public ValueTask SendAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentException.ThrowIfNullOrEmpty(message.Body, nameof(message));
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = Encoding.UTF8.GetByteCount(message.Body);
        if (bytes > MaxBytes)
        {
            throw new QueueException(string.Create(CultureInfo.InvariantCulture, $"The queue inprocess takes messages of {MaxBytes:N0} bytes at the most; this one has {bytes:N0}. Send it in parts."));
        }

        _waiting.Writer.TryWrite((message, 0));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IQueueDelivery> ReceiveAsync(int prefetch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        var places = new SemaphoreSlim(prefetch); // lives on with what was given out
        while (true)
        {
            await places.WaitAsync(cancellationToken);
            var (message, deliveries) = await _waiting.Reader.ReadAsync(cancellationToken);
            Interlocked.Increment(ref _taken);
            yield return new InProcessDelivery(this, places, message, deliveries + 1);
        }
    }

    /// <inheritdoc/>
    public ValueTask<QueueDepth> GetDepthAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueueDepth(_waiting.Reader.Count, Interlocked.Read(ref _taken), Interlocked.Read(ref _dead)));

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "carries work within this process"));

    /// <summary>Notes that a message is settled.</summary>
    internal void Settle() => Interlocked.Decrement(ref _taken);

    /// <summary>Lets a settled message wait again.</summary>
    internal void Return(QueueMessage message, int deliveries) => _waiting.Writer.TryWrite((message, deliveries));

    /// <summary>Counts a settled message as a dead letter.</summary>
    internal void Bury(int deliveries, string reason)
    {
        Interlocked.Increment(ref _dead);
        LogDead(logger, deliveries, DeadLetterReason.Of(reason));
    }

    [LoggerMessage(7901, LogLevel.Warning, "A message was put aside after {Deliveries} deliveries: {Reason}")]
    private static partial void LogDead(ILogger logger, int deliveries, string reason);
}
