using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.State;

namespace Recollect.Health;

/// <summary>What is stored, what is not done, and how the last runs went.</summary>
public sealed record StatusReport
{
    /// <summary>Gets what the store holds.</summary>
    public required StoreStatistics Store { get; init; }

    /// <summary>Gets how many memories were made in another way than the settings say now; a backfill makes them again.</summary>
    public required long Stale { get; init; }

    /// <summary>Gets when the oldest conversation of a stale memory ended; null when none is stale.</summary>
    public required DateTimeOffset? OldestStale { get; init; }

    /// <summary>Gets the conversations that are not done.</summary>
    public required IReadOnlyList<PendingConversation> Pending { get; init; }

    /// <summary>Gets the last runs, newest first.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    /// <summary>Gets the start of the last run that read the source to its end; null when none did.</summary>
    public required DateTimeOffset? Watermark { get; init; }

    /// <summary>Gets how many users were forgotten.</summary>
    public required long ForgottenUsers { get; init; }
}
