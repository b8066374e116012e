using Recollect.State;

namespace Recollect.Runs;

/// <summary>The lock that whoever writes memories holds.</summary>
internal static class RunLock
{
    private const string Name = "run";

    /// <summary>Takes the lock.</summary>
    /// <param name="leases">The locks.</param>
    /// <param name="refusal">What was not done, and what to do, for the one who comes second.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="RunInProgressException">Another holds it.</exception>
    public static async ValueTask<ILease> TakeAsync(ILeases leases, string refusal, CancellationToken cancellationToken) =>
        await leases.TryAcquireAsync(Name, cancellationToken)
            ?? throw new RunInProgressException(
                $"Another run is under way over the same data ({await leases.DescribeHolderAsync(Name, cancellationToken) ?? "it has just ended"}); {refusal}");

    /// <summary>Says that the lock was lost.</summary>
    /// <param name="cause">What came of it; null for nothing yet.</param>
    public static StateStoreException Lost(Exception? cause = null) => new(
        "The lock of this run was lost with its connection, and another run may have taken it, so this one stopped. What was stored stays; run it again.", isTransient: true, cause);
}
