namespace Recollect.Ingest.Sources;

/// <summary>What a run needs of a source.</summary>
public sealed record ReadRequest
{
    /// <summary>Everything there is.</summary>
    public static readonly ReadRequest Everything = new();

    /// <summary>Gets the moment since which changes matter; null: everything.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>Gets the source's own ids of the only threads that are needed, whatever else is asked; null: of every thread. A source without <see cref="IConversationListing"/> may pass this over.</summary>
    public IReadOnlyCollection<string>? Threads { get; init; }

    /// <summary>Gets ids of conversations that are needed whatever their age, because they were open or failed before.</summary>
    public IReadOnlyCollection<string> Conversations { get; init; } = [];

    /// <summary>Gets when the earliest of <see cref="Conversations"/> started; null when there is none, or when that is not known of all of them.</summary>
    public DateTimeOffset? ConversationsSince { get; init; }
}
