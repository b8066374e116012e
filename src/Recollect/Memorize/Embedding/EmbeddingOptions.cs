using System.ComponentModel.DataAnnotations;

namespace Recollect.Memorize.Embedding;

/// <summary>How a conversation is made into vectors.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Embedding";

    /// <summary>Gets or sets the name of the embedder. The default is <c>local</c>.</summary>
    public string Use { get; set; } = "local";

    /// <summary>Gets or sets the longest piece of a conversation that gets a vector of its own, in characters.</summary>
    /// <value>Between 200 and 100,000. The default is 7,000.</value>
    [Range(200, 100_000)]
    public int ChunkCharacters { get; set; } = 7_000;

    /// <summary>Gets or sets how many texts go into one call of the embedder.</summary>
    /// <value>Between 1 and 2,048. The default is 128.</value>
    [Range(1, 2_048)]
    public int TextsPerCall { get; set; } = 128;

    /// <summary>Gets or sets how many tokens one run may spend on embeddings. The most that a call can cost is set aside before it is made; conversations that do not fit are left to later runs.</summary>
    /// <value>At least 1; null, the default: as many as it takes.</value>
    [Range(1, long.MaxValue)]
    public long? MaxTokensPerRun { get; set; }
}
