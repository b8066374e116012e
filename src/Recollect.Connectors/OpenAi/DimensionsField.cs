namespace Recollect.Connectors.OpenAi;

/// <summary>When the field <c>dimensions</c> is sent: models that cannot shorten their vectors refuse it.</summary>
public enum DimensionsField
{
    /// <summary>To models that are known to take it (text-embedding-3).</summary>
    Auto,

    /// <summary>Always, for example to a deployment whose name does not tell its model.</summary>
    Always,

    /// <summary>Never; the model decides, and what it gives must have the configured dimensions.</summary>
    Never,
}
