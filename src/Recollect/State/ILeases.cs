namespace Recollect.State;

/// <summary>Locks between processes and hosts. A lease of a process that died is free again.</summary>
public interface ILeases
{
    /// <summary>Takes a lease if it is free.</summary>
    /// <param name="name">What it is for, such as <c>run</c>.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <returns>The lease, given back on disposal; null when another holds it.</returns>
    ValueTask<ILease?> TryAcquireAsync(string name, CancellationToken cancellationToken);

    /// <summary>Says who holds a lease, for a message to people.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Such as <c>process 4711 since 2026-01-05 02:00:00 UTC</c>; null when it is free.</returns>
    ValueTask<string?> DescribeHolderAsync(string name, CancellationToken cancellationToken);
}
