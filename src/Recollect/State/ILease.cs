namespace Recollect.State;

/// <summary>A lock that is held until it is disposed, or lost.</summary>
/// <remarks>Disposing it gives it back, also when it was lost, and never fails; doing it again changes nothing.</remarks>
public interface ILease : IAsyncDisposable
{
    /// <summary>Gets what is cancelled when the lock is lost before it is given back, such as with the connection that held it: another may have it now, so its holder must stop.</summary>
    /// <value>A token that is never cancelled where a lock cannot be lost while its process lives.</value>
    CancellationToken Lost { get; }
}
