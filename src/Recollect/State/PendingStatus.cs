namespace Recollect.State;

/// <summary>Why a conversation is not done.</summary>
public enum PendingStatus
{
    /// <summary>It has not ended yet.</summary>
    Open,

    /// <summary>It failed and is tried again after a pause.</summary>
    Failed,

    /// <summary>It failed in too many runs and waits for <c>retry</c> or for new content.</summary>
    Parked,
}
