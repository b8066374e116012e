namespace Recollect.Evaluation;

/// <summary>Chats with labelled questions about them.</summary>
/// <param name="Sessions">The chats, one session a conversation.</param>
/// <param name="Questions">The questions that have evidence.</param>
public sealed record LabelledSet(IReadOnlyList<LabelledSession> Sessions, IReadOnlyList<LabelledQuestion> Questions);
