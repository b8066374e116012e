namespace Recollect.State;

/// <summary>The users that were forgotten: messages sent up to that moment stay forgotten, whoever reads them again.</summary>
public interface ITombstones
{
    /// <summary>Gets them all.</summary>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<Tombstone>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds one. Of two for one user the later moment stands.</summary>
    /// <param name="tombstone">The user and the moment.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask AddAsync(Tombstone tombstone, CancellationToken cancellationToken);
}
