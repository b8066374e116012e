namespace Recollect.Cli.Evaluation;

/// <summary>What recall gave for one question: the message ids that each unit holds, best first.</summary>
internal sealed record QuestionRanking(
    LabelledQuestion Question,
    IReadOnlyList<IReadOnlyCollection<string>> Turns,
    IReadOnlyList<IReadOnlyCollection<string>> Windows,
    IReadOnlyList<IReadOnlyCollection<string>> Sessions,
    LabelledUnits Units);
