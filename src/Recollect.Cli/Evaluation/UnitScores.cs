namespace Recollect.Cli.Evaluation;

/// <summary>The scores of turns, windows and sessions over some questions.</summary>
internal sealed class UnitScores
{
    private readonly RankingScores _turns = new();
    private readonly RankingScores _windows = new();
    private readonly RankingScores _sessions = new();

    public int Count => _turns.Count;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Means => new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal)
    {
        ["turns"] = _turns.Means,
        ["windows"] = _windows.Means,
        ["sessions"] = _sessions.Means,
    };

    public void Add(QuestionRanking ranking)
    {
        var evidence = ranking.Evidence;
        Add(_turns, ranking.Turns, evidence, evidence.Count);
        Add(_windows, ranking.Windows, evidence, ranking.Units.CountWindowsWith(evidence));
        Add(_sessions, ranking.Sessions, evidence, evidence.Select(message => message.MemoryId).Distinct(StringComparer.Ordinal).Count());
    }

    private static void Add(RankingScores scores, IReadOnlyList<IReadOnlyCollection<MessagePlace>> ranked, IReadOnlyList<MessagePlace> evidence, int relevantUnits) =>
        scores.Add([.. ranked.Select(unit => unit.Intersect(evidence).ToArray())], evidence.Count, relevantUnits);
}
