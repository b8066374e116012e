namespace Recollect.State;

/// <summary>What somebody did to a memory by hand, and what every later run does to it again.</summary>
/// <remarks>It belongs to a thread partition and to messages of it, not to a memory: a late message may give the conversation another id.</remarks>
public sealed record MemoryEdit
{
    /// <summary>Gets the id of the thread partition.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Gets when it was done; no two edits of one thread partition have the same moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets the user whose memory it is.</summary>
    public required string User { get; init; }

    /// <summary>Gets who did it: the name of an agent.</summary>
    public required string By { get; init; }

    /// <summary>Gets what was done.</summary>
    public required MemoryEditKind Kind { get; init; }

    /// <summary>Gets what the fact said before; null where the whole memory was forgotten.</summary>
    public string? Fact { get; init; }

    /// <summary>Gets what the fact says now; null where it was deleted.</summary>
    public string? Replacement { get; init; }

    /// <summary>Gets what the fact was about; null where its writer did not say.</summary>
    public string? FactKind { get; init; }

    /// <summary>Gets the end of <see cref="Fact"/> that is a quote of a message, which a summary may repeat without the rest; null where there is none.</summary>
    public string? Words { get; init; }

    /// <summary>Gets the ids of the messages that the fact rests on; empty where the whole memory was forgotten.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>Gets when the first message was sent that stays forgotten; null for an edit of a fact.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets when the last message was sent that stays forgotten; null for an edit of a fact.</summary>
    public DateTimeOffset? To { get; init; }
}
