using Recollect.Conversations;

namespace Recollect.Cli.Evaluation;

/// <summary>A session of a labelled conversation, which the gap rule must give back as one conversation.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Thread">The thread.</param>
/// <param name="Messages">The turns in order.</param>
internal sealed record LabelledSession(Owner Owner, string Thread, IReadOnlyList<Message> Messages);
