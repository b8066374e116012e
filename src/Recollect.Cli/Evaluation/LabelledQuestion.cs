using Recollect.Conversations;

namespace Recollect.Cli.Evaluation;

/// <summary>A question with the messages that answer it.</summary>
internal sealed record LabelledQuestion
{
    /// <summary>Gets who asks.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Gets the question.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the ids of the messages that answer it; never empty.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Gets the kind of question, from 1 to 5: multi-hop, temporal, open-domain, single-hop, adversarial.</summary>
    public required int Category { get; init; }
}
