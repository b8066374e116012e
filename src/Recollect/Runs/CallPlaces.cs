using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Runs;

/// <summary>
/// Bounds the calls of writers and embedders that are under way at once. A few more conversations than there are places are in
/// hand, so that no place is idle while others are stored.
/// </summary>
/// <remarks>Safe to use concurrently.</remarks>
internal sealed class CallPlaces : IDisposable
{
    private readonly SemaphoreSlim _places;

    public CallPlaces(IOptions<RunOptions> options)
    {
        var calls = options.Value.Concurrency ?? Environment.ProcessorCount;
        (_places, Conversations) = (new(calls), calls + (calls / 4));
    }

    /// <summary>Gets how many conversations are in hand at once.</summary>
    public int Conversations { get; }

    /// <summary>Makes a call as soon as there is a place for it. What the call keeps of its answer is kept before the place is free again.</summary>
    public async ValueTask<TResult> CallAsync<TResult>(
        Func<Conversation, CancellationToken, ValueTask<TResult>> call, Conversation conversation, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await call(conversation, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
