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

    /// <summary>Gets what ends when it is stored, refused or cancelled.</summary>
    public Task Done => _done.Task;

    /// <summary>Takes it into a request, unless it was cancelled.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Cancels it, unless it is in a request.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            _done.TrySetCanceled(cancellationToken);
        }
    }

    /// <summary>Says that it is stored.</summary>
    public void Succeed() => _done.TrySetResult();

    /// <summary>Says why it is not.</summary>
    public void Fail(Exception reason) => _done.TrySetException(reason);
}
