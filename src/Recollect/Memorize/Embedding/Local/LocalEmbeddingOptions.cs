using System.ComponentModel.DataAnnotations;

namespace Recollect.Memorize.Embedding.Local;

/// <summary>Settings of the embedder that needs no model and no network.</summary>
public sealed class LocalEmbeddingOptions
{
    /// <summary>The section of the configuration these settings are read from.</summary>
    public const string SectionName = "Embedding:Local";

    /// <summary>The name of the embedder in configuration.</summary>
    public const string EmbedderName = "local";

    /// <summary>Gets or sets the length of a vector. More dimensions keep words better apart and cost 4 bytes each per vector.</summary>
    /// <value>Between 64 and 4,096. The default is 512.</value>
    [Range(64, 4_096)]
    public int Dimensions { get; set; } = 512;
}
