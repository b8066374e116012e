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
    public static async ValueTask<IAsyncDisposable> TakeAsync(ILeases leases, string refusal, CancellationToken cancellationToken) =>
        await leases.TryAcquireAsync(Name, cancellationToken)
            ?? throw new RunInProgressException(
                $"Another run is under way over the same data ({await leases.DescribeHolderAsync(Name, cancellationToken) ?? "it has just ended"}); {refusal}");
}
