namespace Recollect.Cli.Evaluation;

/// <summary>What recall gave for one question: the messages that each unit holds, best first.</summary>
internal sealed record QuestionRanking(
    IReadOnlyList<MessagePlace> Evidence,
    IReadOnlyList<IReadOnlyCollection<MessagePlace>> Turns,
    IReadOnlyList<IReadOnlyCollection<MessagePlace>> Windows,
    IReadOnlyList<IReadOnlyCollection<MessagePlace>> Sessions,
    LabelledUnits Units);
