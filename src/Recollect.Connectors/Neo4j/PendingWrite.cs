using System.Diagnostics.CodeAnalysis;

namespace Recollect.Connectors.Neo4j;

/// <summary>A memory that waits to be stored.</summary>
/// <param name="row">Its parameters, as JSON.</param>
/// <param name="touches">The ids of memories, and the session, that it replaces or removes.</param>
internal sealed class PendingWrite(ReadOnlyMemory<byte> row, IReadOnlySet<string> touches)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;

    /// <summary>Gets the parameters, as JSON.</summary>
    public ReadOnlyMemory<byte> Row => row;

    /// <summary>Gets what no other write of the same request may touch.</summary>
    public IReadOnlySet<string> Touches => touches;

    /// <summary>Waits until it is stored, refused or taken back.</summary>
    /// <param name="cancellationToken">Takes it back, unless it is in a request; then that is waited for.</param>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "What sends the requests completes it, and waits for none of those who wait here")]
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.Register(() => Cancel(cancellationToken)))
        {
            await _done.Task;
        }
    }

    /// <summary>Takes it into a request, unless it was cancelled.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Says that it is stored.</summary>
    public void Succeed() => _done.TrySetResult();

    /// <summary>Says why it is not.</summary>
    public void Fail(Exception reason) => _done.TrySetException(reason);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            _done.TrySetCanceled(cancellationToken);
        }
    }
}
