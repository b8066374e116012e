namespace Recollect.Sessions;

/// <summary>What the person is told.</summary>
public sealed record ChatAnswer
{
    /// <summary>Gets what became of the message.</summary>
    public required ChatAnswerKind Kind { get; init; }

    /// <summary>Gets the text for the person; empty for one who is not answered.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the session that holds the answer; null where none does.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the memories that the model was shown, best first.</summary>
    public IReadOnlyList<RecalledText> Recalled { get; init; } = [];

    /// <summary>Gets the tokens that the model was given, by our own count; 0 where it was not asked.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Gets a value indicating whether the answer was handed to the channel before.</summary>
    public bool IsSent { get; init; }
}
