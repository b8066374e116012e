namespace Recollect.Erasure;

/// <summary>Something beside store, state and sessions that keeps what names a user, and gives it up when the user is forgotten.</summary>
/// <remarks>Every member is safe to call concurrently.</remarks>
public interface IUserTrace
{
    /// <summary>Removes what is kept of a user; of one who is not known, nothing.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user, literally.</param>
    /// <returns>How many entries there were.</returns>
    int Forget(string tenant, string user);
}
