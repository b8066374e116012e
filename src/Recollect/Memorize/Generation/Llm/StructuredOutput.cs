namespace Recollect.Memorize.Generation.Llm;

/// <summary>How a model is held to the schema.</summary>
public enum StructuredOutput
{
    /// <summary>By schema; where the endpoint refuses that, by JSON mode; where it refuses that too, by the prompt alone. What it took is remembered until the process ends.</summary>
    Auto,

    /// <summary>By schema only; an endpoint that refuses it fails the conversation.</summary>
    Schema,

    /// <summary>By JSON mode, with the schema in the prompt.</summary>
    Json,

    /// <summary>By the prompt alone.</summary>
    Prompt,
}
