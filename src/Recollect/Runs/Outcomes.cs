namespace Recollect.Runs;

/// <summary>What can become of a conversation in a run: the sides of the account that P1 closes.</summary>
public static class Outcomes
{
    /// <summary>A memory was made for the first time.</summary>
    public const string Created = "created";

    /// <summary>The memory was made again.</summary>
    public const string Updated = "updated";

    /// <summary>The memory was still right.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>Nothing was to be made, for a reason of <see cref="SkipReasons"/>.</summary>
    public const string Skipped = "skipped";

    /// <summary>It could not be made, for a reason of <see cref="FailureReasons"/>.</summary>
    public const string Failed = "failed";

    /// <summary>The memory does not stand any more and was removed; beside the account.</summary>
    public const string Retired = "retired";
}
