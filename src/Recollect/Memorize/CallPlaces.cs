namespace Recollect.Memorize;

/// <summary>
/// Bounds the calls of writers and embedders outside that are under way at once. A few more conversations than there are places are in
/// hand, so that no place is idle while others are stored.
/// </summary>
/// <remarks>Safe to use concurrently.</remarks>
/// <param name="calls">How many calls there may be.</param>
internal sealed class CallPlaces(int calls) : IDisposable
{
    private readonly SemaphoreSlim _places = new(calls);

    /// <summary>Gets how many conversations are in hand at once.</summary>
    public int Conversations { get; } = calls + (calls / 4);

    /// <summary>Makes a call as soon as there is a place for it.</summary>
    public async ValueTask<TResult> CallAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> call, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await call(cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
