namespace Recollect.Memorize.Embedding;

/// <summary>What embedding calls cost.</summary>
/// <param name="Calls">Calls made, failed ones included.</param>
/// <param name="Texts">Texts sent.</param>
/// <param name="Tokens">Tokens sent, as the embedder counts them.</param>
public readonly record struct EmbeddingUsage(long Calls, long Texts, long Tokens)
{
    /// <summary>The additional count of <see cref="Microsoft.Extensions.AI.UsageDetails"/> by which an embedder says how many calls it made; without it, one is counted.</summary>
    internal const string CallsCount = "calls";

    /// <summary>Adds two costs.</summary>
    public static EmbeddingUsage operator +(EmbeddingUsage left, EmbeddingUsage right) => left.Add(right);

    /// <summary>Adds another cost to this one.</summary>
    public EmbeddingUsage Add(EmbeddingUsage other) => new(Calls + other.Calls, Texts + other.Texts, Tokens + other.Tokens);
}
