namespace Recollect.Memorize.Stores;

/// <summary>Where memories are kept.</summary>
public sealed class StoreOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Stores";

    /// <summary>Gets or sets the name of the memory store. The default is <c>sqlite</c>.</summary>
    public string Use { get; set; } = "sqlite";

    /// <summary>Gets or sets a value indicating whether the messages' text is kept beside the memory, so that recall can cite it. The default is true.</summary>
    public bool KeepText { get; set; } = true;
}
