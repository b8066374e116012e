namespace Recollect.Runs;

/// <summary>What kind of run it is.</summary>
public enum RunMode
{
    /// <summary>Everything the source has.</summary>
    Backfill,

    /// <summary>What changed since the last run, and what was left open or failed.</summary>
    Nightly,

    /// <summary>What failed or was parked, without waiting for its pause.</summary>
    Retry,

    /// <summary>Conversations that a message of the work queue names. Any number of these go on at once, also beside a run of another kind.</summary>
    Batch,
}
