namespace Recollect.Sessions;

/// <summary>What a model should be given, before it is fitted into a budget.</summary>
public sealed record ContextRequest
{
    /// <summary>Gets the most tokens of the whole, framing included; 0: nothing may be sent.</summary>
    public required int Budget { get; init; }

    /// <summary>Gets the instructions; empty for none.</summary>
    public string SystemText { get; init; } = "";

    /// <summary>Gets what earlier conversations were about, best first, as data that nobody vouches for.</summary>
    public IReadOnlyList<RecalledText> Recalled { get; init; } = [];

    /// <summary>Gets the messages before, oldest first.</summary>
    public IReadOnlyList<ContextMessage> History { get; init; } = [];

    /// <summary>Gets the message to answer.</summary>
    public required ContextMessage NewMessage { get; init; }
}
