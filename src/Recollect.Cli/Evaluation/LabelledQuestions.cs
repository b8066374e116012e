namespace Recollect.Cli.Evaluation;

/// <summary>What a file of questions holds.</summary>
/// <param name="Questions">The questions, in order.</param>
/// <param name="Unreadable">Where a line cannot be used, and why.</param>
internal sealed record LabelledQuestions(IReadOnlyList<LabelledQuestion> Questions, IReadOnlyList<string> Unreadable);
