namespace Recollect.Cli.Evaluation;

/// <summary>Chats with labelled questions about them.</summary>
/// <param name="Sessions">The chats, one session a conversation.</param>
/// <param name="Questions">The questions.</param>
internal sealed record LabelledSet(IReadOnlyList<LabelledSession> Sessions, IReadOnlyList<LabelledQuestion> Questions);
