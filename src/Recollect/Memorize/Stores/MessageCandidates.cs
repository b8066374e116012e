namespace Recollect.Memorize.Stores;

/// <summary>What a lexical search found among messages.</summary>
/// <param name="Searched">How many messages are visible in all.</param>
/// <param name="Messages">The messages found and their neighbours, each once, ordered by memory id and position.</param>
public sealed record MessageCandidates(long Searched, IReadOnlyList<MessageCandidate> Messages)
{
    /// <summary>Gets the answer of a search that found nothing.</summary>
    public static MessageCandidates None { get; } = new(0, []);
}
