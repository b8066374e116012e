namespace Recollect.Runs;

/// <summary>Why nothing was to be made of a conversation.</summary>
public static class SkipReasons
{
    /// <summary>It has fewer messages than <c>Segmentation:MinMessages</c>.</summary>
    public const string TooShort = "too_short";

    /// <summary>It has not ended yet.</summary>
    public const string StillOpen = "still_open";

    /// <summary>It failed in too many runs; see <c>status</c> and <c>retry</c>.</summary>
    public const string Parked = "parked";

    /// <summary>Its user was forgotten after it was sent.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>Something of it is stored, and the writer writes once: see <c>OnChange</c> of the webhook.</summary>
    public const string AlreadySent = "already_sent";

    /// <summary>It would have been made, but <c>--limit</c> was reached.</summary>
    public const string OverLimit = "over_limit";

    /// <summary>The run is a retry of other conversations.</summary>
    public const string NotRequested = "not_requested";

    /// <summary>The run was stopped while it was in hand; nothing of it was stored.</summary>
    public const string Cancelled = "cancelled";
}
