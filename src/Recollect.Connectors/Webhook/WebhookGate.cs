using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Recollect.Memorize.Delivery;

namespace Recollect.Connectors.Webhook;

/// <summary>
/// Lets a bounded number of calls through at once, and none to a receiver that has gone away: it is left alone for a while,
/// then tried with one call, and after a time of patience what is left fails at once.
/// </summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class WebhookGate : IDisposable
{
    private const double FailureShare = 0.9; // a receiver that fails now and then is not away
    private const int FewestCalls = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places;
    private readonly ResiliencePipeline _breaker;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private long _awaySince; // a timestamp of the clock; 0: it is there

    public WebhookGate(IOptions<WebhookOptions> options, TimeProvider time)
    {
        (_places, _time, _patience) = (new(options.Value.Concurrency), time, options.Value.Patience);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = FailureShare,
                MinimumThroughput = FewestCalls,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = Pause,
                ShouldHandle = new PredicateBuilder().Handle<DeliveryException>(ex => ex is { IsTransient: true, RetryAfter: null }),
                OnOpened = _ =>
                {
                    Interlocked.CompareExchange(ref _awaySince, time.GetTimestamp(), 0);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    Interlocked.Exchange(ref _awaySince, 0);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Makes a call when there is a place for it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="DeliveryException">The call failed, or the receiver has been away for too long.</exception>
    public async ValueTask<TResult> PassAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> call, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await WhenThereAsync(call, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async ValueTask<TResult> WhenThereAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await _breaker.ExecuteAsync(call, cancellationToken);
            }
            catch (Exception ex) when (ex is BrokenCircuitException or DeliveryException { IsTransient: true } && HasLostPatience)
            {
                throw new DeliveryException(
                    $"The webhook has not answered a call for {_patience:g}, so nothing more is posted in this run; later runs try again. Mend the receiver, or raise {WebhookOptions.SectionName}:Patience.", isTransient: false, ex);
            }
            catch (BrokenCircuitException ex)
            {
                await Task.Delay(ex.RetryAfter is { Ticks: > 0 } wait && wait < Pause ? wait : Pause, _time, cancellationToken);
            }
        }
    }

    private bool HasLostPatience => Interlocked.Read(ref _awaySince) is not 0 and var since && _time.GetElapsedTime(since) > _patience;
}
