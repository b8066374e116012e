using System.ComponentModel.DataAnnotations;

namespace Recollect.Connectors.OpenAi;

/// <summary>Which embeddings endpoint is called, and how much of it at once.</summary>
public sealed class OpenAiEmbeddingOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Embedding:OpenAi";

    /// <summary>The name of the embedder in configuration.</summary>
    public const string EmbedderName = "openai";

    /// <summary>Gets or sets the base address; <c>/embeddings</c> is added to its path.</summary>
    /// <value>An absolute http or https address without user, password and fragment. The default is <c>https://api.openai.com/v1</c>.</value>
    public string Endpoint { get; set; } = "https://api.openai.com/v1";

    /// <summary>Gets or sets the key, sent as a bearer token. It is never logged.</summary>
    /// <value>Empty, the default: none is sent, as servers on this machine want it.</value>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Gets or sets the model. Another model makes other vectors: all memories are then embedded anew.</summary>
    /// <value>The default is <c>text-embedding-3-small</c>.</value>
    [Required]
    public string Model { get; set; } = "text-embedding-3-small";

    /// <summary>Gets or sets the dimensions that every vector must have.</summary>
    /// <value>Between 1 and 65,536. The default is 1,536.</value>
    [Range(1, 65_536)]
    public int Dimensions { get; set; } = 1_536;

    /// <summary>Gets or sets when the model is asked for <see cref="Dimensions"/>.</summary>
    /// <value>The default is <see cref="DimensionsField.Auto"/>.</value>
    public DimensionsField SendDimensions { get; set; } = DimensionsField.Auto;

    /// <summary>Gets or sets how long one request may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and 10 minutes. The default is one minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how many requests are made at once.</summary>
    /// <value>Between 1 and 1,024. The default is 8.</value>
    [Range(1, 1_024)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Gets or sets how many texts one request holds at most.</summary>
    /// <value>Between 1 and 2,048. The default is 2,048.</value>
    [Range(1, 2_048)]
    public int MaxInputs { get; set; } = 2_048;

    /// <summary>Gets or sets how many tokens one request holds at most, by a careful estimate.</summary>
    /// <value>Between 1 and 10,000,000. The default is 300,000.</value>
    [Range(1, 10_000_000)]
    public int MaxTokens { get; set; } = 300_000;

    /// <summary>Gets or sets how long a request that is not full waits for texts of other conversations.</summary>
    /// <value>Between 0 and one second. The default is 10 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(10);
}
