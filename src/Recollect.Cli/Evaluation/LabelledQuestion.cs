using Recollect.Conversations;

namespace Recollect.Cli.Evaluation;

/// <summary>A question with the messages that answer it.</summary>
internal sealed record LabelledQuestion
{
    /// <summary>Gets where it stands, for people.</summary>
    public required string Place { get; init; }

    /// <summary>Gets who asks.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Gets the question.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the ids of the messages that answer it, each once; never empty.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Gets the thread of these messages; null if their ids say enough.</summary>
    public string? Thread { get; init; }

    /// <summary>Gets the kind of question; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>Gets a value indicating whether it counts in the headline.</summary>
    public bool IsHeadline { get; init; } = true;
}
