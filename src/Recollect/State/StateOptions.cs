namespace Recollect.State;

/// <summary>Where the engine keeps its own state.</summary>
public sealed class StateOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "State";

    /// <summary>Gets or sets the name of the state store. The default is <c>sqlite</c>.</summary>
    public string Use { get; set; } = "sqlite";
}
