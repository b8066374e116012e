using System.Globalization;
using Polly;
using Polly.Retry;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors;

/// <summary>Tries again what may succeed later, with growing pauses.</summary>
internal sealed class ApiRetries
{
    /// <summary>The longest pause, whoever asks for it.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly int _attempts;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>Initializes a new instance of the <see cref="ApiRetries"/> class.</summary>
    /// <param name="attempts">How often is tried.</param>
    /// <param name="delay">The first pause.</param>
    /// <param name="onRetry">Is told of a failure that is tried again.</param>
    /// <param name="time">Times the pauses.</param>
    public ApiRetries(int attempts, TimeSpan delay, Action<ApiException> onRetry, TimeProvider time)
    {
        _attempts = attempts;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = attempts - 1,
                Delay = delay,
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<ApiException>(failure => failure.IsTransient),
                DelayGenerator = static retry => ValueTask.FromResult(AskedFor(retry.Outcome.Exception)),
                OnRetry = retry =>
                {
                    onRetry((ApiException)retry.Outcome.Exception!);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Makes a call, and makes it again while its failure may pass.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="SourceException">It failed to the last.</exception>
    public async ValueTask<T> TryAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(call, cancellationToken);
        }
        catch (ApiException ex)
        {
            throw Describe(ex);
        }
    }

    /// <summary>Makes what the caller is told of a failure that stays.</summary>
    public SourceException Describe(ApiException failure)
    {
        var tries = failure.IsTransient ? string.Create(CultureInfo.InvariantCulture, $" It was tried {_attempts} times.") : string.Empty;
        return new($"{failure.Message}{tries} {failure.Advice}", failure.IsTransient, failure);
    }

    private static TimeSpan? AskedFor(Exception? failure) =>
        failure is ApiException { RetryAfter: { } pause } ? TimeSpan.FromTicks(Math.Min(pause.Ticks, LongestPause.Ticks)) : null;
}
