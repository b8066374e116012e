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
}
