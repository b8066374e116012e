namespace Recollect.Cli.Evaluation;

/// <summary>Neighbouring messages of one conversation, as indexes into the ranked messages.</summary>
/// <param name="Messages">The indexes, in order of position.</param>
internal sealed record MessageWindow(IReadOnlyList<int> Messages);
