using System.ComponentModel.DataAnnotations;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>How a language model writes memories.</summary>
public sealed class LlmOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation:Llm";

    /// <summary>Gets or sets the name of the model client: <c>openai</c>, <c>anthropic</c>, or one that the host registered.</summary>
    /// <value>The default is <c>openai</c>.</value>
    public string Client { get; set; } = "openai";

    /// <summary>Gets or sets what the model is told to do: the text, or the path of a file that holds it. Rules that keep the transcript apart, and the schema, are added to it.</summary>
    /// <value>Empty, the default: the prompt that is shipped.</value>
    public string Prompt { get; set; } = string.Empty;

    /// <summary>Gets or sets the shape of a memory: <c>recollect</c>, <c>curiosity-v1</c>, <c>curiosity-v2</c>, <c>curiosity-v3</c>, or the path of a JSON schema.</summary>
    /// <value>The default is <c>recollect</c>.</value>
    public string Schema { get; set; } = "recollect";

    /// <summary>Gets or sets how the model is held to the schema.</summary>
    /// <value>The default is <see cref="StructuredOutput.Auto"/>.</value>
    public StructuredOutput StructuredOutput { get; set; } = StructuredOutput.Auto;

    /// <summary>Gets or sets how many tokens one request holds at most, as estimated: the model's context window less the reply. Longer conversations are written in parts.</summary>
    /// <value>Between 1,024 and 10,000,000. The default is 60,000.</value>
    [Range(1_024, 10_000_000)]
    public int MaxInputTokens { get; set; } = 60_000;

    /// <summary>Gets or sets how many tokens one reply holds at most.</summary>
    /// <value>Between 64 and 1,000,000. The default is 4,096.</value>
    [Range(64, 1_000_000)]
    public int MaxOutputTokens { get; set; } = 4_096;

    /// <summary>Gets or sets how freely the model chooses its words.</summary>
    /// <value>Between 0 and 2; null, the default: as the endpoint has it.</value>
    [Range(0.0, 2.0)]
    public float? Temperature { get; set; }

    /// <summary>Gets or sets how many tokens one run may spend on writing, sent and received. The most that a call can cost is set aside before it is made; conversations that do not fit are left to later runs.</summary>
    /// <value>At least 1; null, the default: as many as it takes.</value>
    [Range(1, long.MaxValue)]
    public long? MaxTokensPerRun { get; set; }

    /// <summary>Gets or sets what a million tokens sent cost, in a currency of your own; reports then say what a run cost.</summary>
    /// <value>At least 0. The default is 0: nothing is said.</value>
    [Range(0, 1_000_000)]
    public decimal InputPricePerMillion { get; set; }

    /// <summary>Gets or sets what a million tokens received cost, in the same currency.</summary>
    /// <value>At least 0. The default is 0.</value>
    [Range(0, 1_000_000)]
    public decimal OutputPricePerMillion { get; set; }
}
