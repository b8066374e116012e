namespace Recollect.Runs;

/// <summary>How far a run got.</summary>
public enum RunStatus
{
    /// <summary>It is under way, or its process died.</summary>
    Running,

    /// <summary>It reached its end; single conversations may have failed.</summary>
    Completed,

    /// <summary>It was stopped by the caller.</summary>
    Cancelled,

    /// <summary>The source, store or state could not be reached.</summary>
    Aborted,

    /// <summary>It did nothing, because another run was under way. It is in no journal.</summary>
    Skipped,
}
