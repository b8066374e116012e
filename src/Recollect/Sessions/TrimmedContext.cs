namespace Recollect.Sessions;

/// <summary>What a model is given: never more than the budget.</summary>
public sealed record TrimmedContext
{
    /// <summary>Gets the messages in order, the instructions first; empty when the budget allows none, and then nothing may be sent.</summary>
    public required IReadOnlyList<ContextMessage> Messages { get; init; }

    /// <summary>Gets the tokens of the whole, framing included; 0 when there is no message.</summary>
    public required int Tokens { get; init; }

    /// <summary>Gets how many of the memories are in it, from the best on.</summary>
    public required int Recalled { get; init; }

    /// <summary>Gets how many messages of the history are in it, from the newest on.</summary>
    public required int History { get; init; }

    /// <summary>Gets a value indicating whether a text was cut.</summary>
    public required bool IsTruncated { get; init; }
}
