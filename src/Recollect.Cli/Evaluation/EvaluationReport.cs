namespace Recollect.Cli.Evaluation;

/// <summary>How well recall finds labelled evidence.</summary>
internal sealed record EvaluationReport
{
    /// <summary>Gets the scores over categories 1 to 4, by unit: <c>turns</c>, <c>windows</c>, <c>sessions</c>; in percent.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Headline { get; init; }

    /// <summary>Gets how many questions the headline is over.</summary>
    public required int Questions { get; init; }

    /// <summary>Gets the scores by category name, then by unit; in percent.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> Categories { get; init; }
}
