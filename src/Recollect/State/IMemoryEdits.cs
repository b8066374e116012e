namespace Recollect.State;

/// <summary>What people corrected, deleted and forgot by hand: every run that makes a memory again does the same to it.</summary>
public interface IMemoryEdits
{
    /// <summary>Gets edits, ordered by thread partition and moment.</summary>
    /// <param name="threadId">The id of a thread partition; null: of every one.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<MemoryEdit>> ListAsync(string? threadId, CancellationToken cancellationToken);

    /// <summary>Adds an edit, in place of one of the same thread partition and moment.</summary>
    /// <param name="edit">The edit.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask AddAsync(MemoryEdit edit, CancellationToken cancellationToken);

    /// <summary>Removes edits, so that they, and what was removed of the state before, cannot be read back from files that the store alone rules. Unknown ones are fine.</summary>
    /// <param name="edits">The edits; their thread partition and moment count.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask RemoveAsync(IReadOnlyCollection<MemoryEdit> edits, CancellationToken cancellationToken);
}
