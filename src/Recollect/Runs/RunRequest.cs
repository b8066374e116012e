using Recollect.Conversations;

namespace Recollect.Runs;

/// <summary>What a caller asks of a run.</summary>
public sealed record RunRequest
{
    /// <summary>Gets the kind of run.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>Gets a value indicating whether to say what would be done and do nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Gets how many conversations to make at the most; null: all. A limited run does not move the watermark.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets a value indicating whether to memorise conversations that have not ended yet.</summary>
    public bool IncludeOpen { get; init; }

    /// <summary>Gets a value indicating whether to retire memories of conversations that vanished from the source.</summary>
    public bool Prune { get; init; }

    /// <summary>Gets how far back a nightly run looks at least. The default is 24 hours.</summary>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Gets the source's own ids of the conversations that a batch is about; whoever asks has claimed them. Empty for other kinds of runs.</summary>
    public IReadOnlyCollection<string> Threads { get; init; } = [];

    /// <summary>Gets what tells a batch from others that begin in the same millisecond, as a part of its id; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>Gets what ends the run early: no further conversation is begun, and those in hand are finished. None by default.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>Gets what is told of every conversation that is accounted for, with its outcome and reason; null for nobody.</summary>
    internal Action<Conversation, string, string?>? OnAccount { get; init; }

    /// <summary>Gets the conversations that a retry is about; empty: all that failed or are parked.</summary>
    public IReadOnlyCollection<string> Conversations { get; init; } = [];
}
