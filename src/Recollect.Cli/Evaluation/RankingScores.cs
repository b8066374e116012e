namespace Recollect.Cli.Evaluation;

/// <summary>Mean scores of rankings, in percent.</summary>
internal sealed class RankingScores
{
    private const int GainDepth = 10;

    private static readonly int[] Depths = [1, 5, 10, 20, 50];

    private readonly double[] _recall = new double[Depths.Length];
    private double _gain;

    /// <summary>Gets how many rankings were added.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the means by name: <c>recall@1</c>, <c>@5</c>, <c>@10</c>, <c>@20</c>, <c>@50</c>, and <c>ndcg@10</c>; in percent, to two digits.</summary>
    public IReadOnlyDictionary<string, double> Means =>
        Depths.Select((depth, i) => KeyValuePair.Create($"recall@{depth}", _recall[i])).Append(new($"ndcg@{GainDepth}", _gain))
            .ToDictionary(pair => pair.Key, pair => Count == 0 ? 0 : Math.Round(100 * pair.Value / Count, 2), StringComparer.Ordinal);

    /// <summary>Adds a ranking: recall is the share of the evidence in the first k units, gain is binary.</summary>
    /// <param name="ranked">The evidence that each unit holds, best unit first.</param>
    /// <param name="evidence">How many pieces of evidence there are; at least 1.</param>
    /// <param name="relevantUnits">How many units hold some of it, ranked or not; at least 1.</param>
    public void Add(IReadOnlyList<IReadOnlyCollection<MessagePlace>> ranked, int evidence, int relevantUnits)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var found = new HashSet<MessagePlace>();
        var gain = 0.0;
        for (var (rank, next) = (0, 0); next < Depths.Length; rank++)
        {
            var held = rank < ranked.Count ? ranked[rank] : [];
            found.UnionWith(held);
            gain += held.Count > 0 && rank < GainDepth ? 1 / Math.Log2(rank + 2) : 0;
            if (rank + 1 == Depths[next])
            {
                _recall[next++] += (double)found.Count / evidence;
            }
        }

        _gain += gain / Enumerable.Range(0, Math.Min(GainDepth, relevantUnits)).Sum(rank => 1 / Math.Log2(rank + 2));
        Count++;
    }
}
