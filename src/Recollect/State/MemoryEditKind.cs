namespace Recollect.State;

/// <summary>What people do to a memory by hand.</summary>
public enum MemoryEditKind
{
    /// <summary>A fact says something else now.</summary>
    Corrected,

    /// <summary>A fact is not to be remembered.</summary>
    Deleted,

    /// <summary>The whole memory was forgotten: the messages that it was made from stay forgotten.</summary>
    Forgotten,
}
