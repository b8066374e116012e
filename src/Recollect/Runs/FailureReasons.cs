namespace Recollect.Runs;

/// <summary>Why a conversation could not be made.</summary>
public static class FailureReasons
{
    /// <summary>The writer failed.</summary>
    public const string Generation = "generation";

    /// <summary>The receiver that writes refused or could not be reached.</summary>
    public const string Delivery = "delivery";

    /// <summary>The embedder failed or gave a vector that must not be stored.</summary>
    public const string Embedding = "embedding";

    /// <summary>The store refused.</summary>
    public const string Store = "store";

    /// <summary>The state refused, which ends the run.</summary>
    public const string State = "state";

    /// <summary>It failed in an earlier run and its pause is not over.</summary>
    public const string BackingOff = "backing_off";

    /// <summary>Something that nobody foresaw; the log names it.</summary>
    public const string Unexpected = "unexpected";
}
