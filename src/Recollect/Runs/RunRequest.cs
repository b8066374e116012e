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

    /// <summary>Gets the conversations that a retry is about; empty: all that failed or are parked.</summary>
    public IReadOnlyCollection<string> Conversations { get; init; } = [];
}
