using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>A lock that this process holds.</summary>
internal sealed class FileLease(FileStream file, string owner) : ILease
{
    private int _released;

    /// <inheritdoc/>
    public CancellationToken Lost => CancellationToken.None;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
        {
            return ValueTask.CompletedTask;
        }

        try
        {
            File.Delete(owner); // while the lock is held, so that it cannot be the next holder's
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) // it only tells who held the lock
        {
        }

        return file.DisposeAsync();
    }
}
