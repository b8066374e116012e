namespace Recollect.State;

/// <summary>What a state store can do that lies in a file of this machine: be copied into a backup, and come back from it.</summary>
public interface IStateCopy
{
    /// <summary>Writes a consistent copy, also while others write.</summary>
    /// <param name="path">The file to write, readable by its owner alone; it must not exist.</param>
    /// <param name="cancellationToken">Stops before the copy.</param>
    /// <exception cref="StateStoreException">The store refused.</exception>
    ValueTask CopyAsync(string path, CancellationToken cancellationToken);

    /// <summary>Takes a copy as its own where it holds nothing yet. Nothing may have been asked of the store before.</summary>
    /// <param name="content">The copy.</param>
    /// <param name="cancellationToken">Stops it; then nothing was taken.</param>
    /// <returns>False where there is a state already, which stays as it is.</returns>
    ValueTask<bool> TryRestoreAsync(Stream content, CancellationToken cancellationToken);
}
