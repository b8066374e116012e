namespace Recollect.State;

/// <summary>Keeps what the engine must remember between runs, so that no memory store has to.</summary>
/// <remarks>Passes <c>StateStoreConformance</c>. Every member, and every member of its parts, is safe to call concurrently.</remarks>
public interface IStateStore
{
    /// <summary>Gets the name that configuration uses to choose this state store.</summary>
    string Name { get; }

    /// <summary>Gets the runs and what became of each conversation in them.</summary>
    IRunJournal Runs { get; }

    /// <summary>Gets the conversations that are not done: open, failed or parked.</summary>
    IPendingConversations Pending { get; }

    /// <summary>Gets how far each source was read.</summary>
    IWatermarks Watermarks { get; }

    /// <summary>Gets the deliveries that are owed.</summary>
    IOutbox Outbox { get; }

    /// <summary>Gets the users that were forgotten.</summary>
    ITombstones Tombstones { get; }

    /// <summary>Gets what people corrected, deleted and forgot by hand.</summary>
    IMemoryEdits Edits { get; }

    /// <summary>Gets the locks between processes.</summary>
    ILeases Leases { get; }

    /// <summary>Gets the embeddings that were paid for and are not stored yet.</summary>
    IPaidEmbeddings PaidEmbeddings { get; }

    /// <summary>Gets what writers outside gave and is not stored yet.</summary>
    IPaidWritings PaidWritings { get; }

    /// <summary>Gets who is working on which conversation.</summary>
    IClaims Claims { get; }

    /// <summary>Gets the conversations that were put on the work queue, until they are done.</summary>
    IQueuedConversations Queued { get; }

    /// <summary>Creates or migrates what the store needs. Doing it again changes nothing.</summary>
    /// <param name="cancellationToken">Stops the work; what is half done is rolled back.</param>
    /// <exception cref="StateStoreException">The store refused, or holds what a newer version wrote.</exception>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Removes a user from everything but the tombstones, so that it cannot be read back, also not from files that the store alone rules.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>How many entries were removed.</returns>
    ValueTask<long> ForgetAsync(string tenant, string user, CancellationToken cancellationToken);

    /// <summary>Checks connection, schema and integrity and says how to mend what is wrong.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}
