using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Work;

namespace Recollect.Connectors.Sqs;

/// <summary>Carries work over a standard queue of Amazon SQS.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, as brokers have it")]
public sealed partial class SqsQueue : IWorkQueue, IAsyncDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string QueueName = "sqs";

    private const int MostAtOnce = 10;
    private const int Beats = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ILogger<SqsQueue> _logger;
    private readonly SqsApi _api;
    private readonly SqsErrors _errors;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<SqsDelivery, bool> _held = new();
    private SqsAttributes? _attributes;

    /// <summary>Initializes a new instance of the <see cref="SqsQueue"/> class. Nothing is called before it is needed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Dates signatures, and times heartbeats and pauses.</param>
    /// <param name="logger">Is told of messages that were lost to others, and of calls that fail.</param>
    public SqsQueue(IOptions<SqsOptions> options, TimeProvider time, ILogger<SqsQueue> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Time, _logger) = (time, logger);
        _errors = new(options.Value);
        _api = new(options.Value, _errors, time);
        Place = new(_api, options.Value);
        Beat = options.Value.VisibilityTimeout / Beats;
        Stopping = _stopping.Token;
    }

    /// <inheritdoc/>
    public string Name => QueueName;

    /// <summary>Gets the calls.</summary>
    internal SqsPlace Place { get; }

    /// <summary>Gets the clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Gets how often a message is kept from others anew.</summary>
    internal TimeSpan Beat { get; }

    /// <summary>Gets what ends heartbeats and questions.</summary>
    internal CancellationToken Stopping { get; }

    /// <inheritdoc/>
    public async ValueTask<int> GetMaxBytesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await DescribeAsync(cancellationToken)).MaxBytes - SqsMessage.BytesBeside;
        }
        catch (SqsCallException ex)
        {
            throw SqsApi.Describe(ex);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentException.ThrowIfNullOrEmpty(message.Body, nameof(message));
        if (SqsText.FirstRefused(message.Body) is { } refused)
        {
            throw new QueueException($"A message holds a character that SQS does not carry ({refused}). Send it without, or escaped.");
        }

        var (bytes, most) = (Encoding.UTF8.GetByteCount(message.Body), await GetMaxBytesAsync(cancellationToken));
        if (bytes > most)
        {
            throw new QueueException(string.Create(CultureInfo.InvariantCulture, $"{_errors.Service} takes messages of {most:N0} bytes at the most on this queue; this one has {bytes:N0}. Send it in parts."));
        }

        try
        {
            await Place.SendAsync(SqsMessage.ToSend(Place.QueueUrl, message), cancellationToken);
        }
        catch (SqsCallException ex)
        {
            _attributes = null; // the limit may have changed
            throw SqsApi.Describe(ex);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IQueueDelivery> ReceiveAsync(int prefetch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        var places = new SemaphoreSlim(prefetch); // lives on with what was given out
        while (true)
        {
            var free = await TakePlacesAsync(places, cancellationToken);
            var waiting = new Queue<SqsDelivery>(await NextAsync(free, places, cancellationToken));
            try
            {
                while (waiting.TryDequeue(out var delivery))
                {
                    yield return delivery;
                }
            }
            finally
            {
                await Task.WhenAll(waiting.Select(delivery => delivery.ReturnAsync(CancellationToken.None).AsTask()));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<QueueDepth> GetDepthAsync(CancellationToken cancellationToken)
    {
        try
        {
            var queue = _attributes = await Place.DescribeAsync(cancellationToken);
            var dead = Place.DeadLetterUrl(queue) is { } url ? await Place.DescribeAsync(url, cancellationToken) : null;
            return new(queue.Waiting, queue.Taken, dead is null ? null : dead.Waiting + dead.Taken);
        }
        catch (SqsCallException ex)
        {
            throw SqsApi.Describe(ex);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => new SqsDoctor(Place, _errors).DiagnoseAsync(cancellationToken);

    /// <summary>Gives back what is not settled, and ends all calls.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(Farewell, Time);
        try
        {
            await Task.WhenAll(_held.Keys.Select(delivery => delivery.ReturnAsync(patience.Token).AsTask()));
        }
        catch (OperationCanceledException) // they come back when their time is over
        {
        }

        _api.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Puts a message into the dead-letter queue, and removes it.</summary>
    internal async Task BuryAsync(SqsMessage message, string reason, CancellationToken cancellationToken)
    {
        if (Place.DeadLetterUrl(await DescribeAsync(cancellationToken)) is not { } url)
        {
            _attributes = null; // so that one that is made now is found
            throw new QueueException($"The queue has no dead-letter queue, so a message stays in it and comes again ({reason}). Give it a redrive policy, or set {SqsOptions.SectionName}:DeadLetterQueueUrl.");
        }

        try
        {
            await Place.SendAsync(message.ToBury(url, reason, isShort: false), cancellationToken);
        }
        catch (SqsCallException ex) when (ex.Code is "InvalidParameterValue" or "InvalidMessageContents") // what stands beside the body made it too large
        {
            await Place.SendAsync(message.ToBury(url, reason, isShort: true), cancellationToken);
        }

        await Place.DeleteAsync(message, cancellationToken);
    }

    /// <summary>Notes that a message is settled.</summary>
    internal void Forget(SqsDelivery delivery) => _held.TryRemove(delivery, out _);

    /// <summary>Notes that somebody else has a message now.</summary>
    internal void NoteLost(SqsCallException failure) => LogLost(_logger, failure.Message);

    /// <summary>Notes that a message could not be kept from others this time.</summary>
    internal void NoteMissedBeat(SqsCallException failure) => LogMissedBeat(_logger, failure.Message);

    /// <summary>Notes that a message comes back only when its time is over.</summary>
    internal void NoteUnreturned(QueueException failure) => LogUnreturned(_logger, failure.Message);

    private static async Task<int> TakePlacesAsync(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        var taken = 1;
        while (taken < MostAtOnce && await places.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            taken++;
        }

        return taken;
    }

    private async Task<SqsAttributes> DescribeAsync(CancellationToken cancellationToken) => _attributes ??= await Place.DescribeAsync(cancellationToken);

    /// <summary>Asks until there is something, and lets its hearts beat.</summary>
    private async Task<IReadOnlyList<SqsDelivery>> NextAsync(int free, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            try
            {
                var messages = await PollAsync(free, cancellationToken);
                pause = FirstPause;
                if (messages.Count > 0)
                {
                    return await HoldAsync(messages, free, places);
                }
            }
            catch (SqsCallException ex) when (ex.IsTransient)
            {
                LogUnreachable(_logger, ex.Message, pause.TotalSeconds);
                await Task.Delay(pause, Time, cancellationToken);
                pause = pause + pause < LongestPause ? pause + pause : LongestPause;
            }
            catch (SqsCallException ex)
            {
                throw SqsApi.Describe(ex);
            }
        }
    }

    private async Task<IReadOnlyList<SqsDelivery>> HoldAsync(IReadOnlyList<SqsMessage> messages, int free, SemaphoreSlim places)
    {
        List<SqsDelivery> held = [.. messages.Select((message, i) => new SqsDelivery(this, message, i < free ? places : null))];
        held.ForEach(delivery => _held[delivery] = true);
        if (messages.Count < free)
        {
            places.Release(free - messages.Count);
        }

        foreach (var surplus in held.Skip(free)) // more than was asked for
        {
            await surplus.ReturnAsync(CancellationToken.None);
        }

        return held[..Math.Min(free, held.Count)];
    }

    /// <summary>Asks once. A question that was given up is waited for all the same: what it still brings goes back at once, and not after its time is over.</summary>
    private async Task<IReadOnlyList<SqsMessage>> PollAsync(int most, CancellationToken cancellationToken)
    {
        var arrived = new TaskCompletionSource<IReadOnlyList<SqsMessage>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var givingUp = cancellationToken.Register(() => arrived.TrySetCanceled(cancellationToken));
        _ = FetchAsync();
        return await arrived.Task;

        async Task FetchAsync()
        {
            try
            {
                var messages = await Place.ReceiveAsync(most, Stopping);
                if (!arrived.TrySetResult(messages))
                {
                    await Task.WhenAll(messages.Select(message => new SqsDelivery(this, message, places: null).ReturnAsync(Stopping).AsTask()));
                }
            }
            catch (Exception ex) when (ex is SqsCallException or OperationCanceledException or ObjectDisposedException)
            {
                arrived.TrySetException(ex is ObjectDisposedException ? new OperationCanceledException(Stopping) : ex);
            }
        }
    }

    [LoggerMessage(6801, LogLevel.Warning, "{Error}")]
    private static partial void LogLost(ILogger logger, string error);

    [LoggerMessage(6802, LogLevel.Warning, "A message could not be kept from other workers this time: {Error}")]
    private static partial void LogMissedBeat(ILogger logger, string error);

    [LoggerMessage(6803, LogLevel.Information, "A message comes back only when its time is over: {Error}")]
    private static partial void LogUnreturned(ILogger logger, string error);

    [LoggerMessage(6804, LogLevel.Warning, "{Error} Receiving is tried again in {Seconds} s")]
    private static partial void LogUnreachable(ILogger logger, string error, double seconds);
}
