using Recollect.Text;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Finds messages and memories by words, in a time that does not grow with how common the words are.</summary>
/// <remarks>
/// Texts are ranked by BM25 as long as the words stand in few enough of them. What is more common tells little: of texts with
/// such a word, those with all of these words are taken, the latest first, and where nothing is ranked those with one of them.
/// </remarks>
internal static class LexicalIndex
{
    private const int MostRanked = 10_000;
    private const int MostCounted = 40_000;
    private const int MostCommon = 400;
    private const int MessagesOfATerm = 8; // that are read in the time of looking one term up

    private const string SelectTexts =
        "SELECT t.key, t.text FROM memories AS m JOIN messages AS t ON t.key BETWEEN m.key << 20 AND (m.key << 20) + 1048575 WHERE m.partition_id = ?1";

    /// <summary>Gets the messages of a partition that hold some of the terms.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, and how many messages it has.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="top">How many messages are wanted. Where there are no more, few in all and many terms, the messages themselves are read, which is faster.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static List<Candidate> Messages(
        SqliteSession session, Partition partition, IReadOnlyList<string> terms, int top, CancellationToken cancellationToken) =>
        partition.Messages <= Math.Min(top, (long)MessagesOfATerm * terms.Count) ? Read(session, partition, terms, cancellationToken)
        : Find(new("message_index", session, OfMessage, cancellationToken), partition.Messages, MatchExpression.Words(partition.Id, terms));

    /// <summary>Gets the memories of a partition that hold some of the terms.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, and how many messages it has.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static List<Candidate> Memories(
        SqliteSession session, Partition partition, IReadOnlyList<string> terms, CancellationToken cancellationToken) =>
        Find(new("memory_index", session, OfMemory, cancellationToken), partition.Messages, MatchExpression.Words(partition.Id, terms));

    private static List<Candidate> Read(SqliteSession session, Partition partition, IReadOnlyList<string> terms, CancellationToken cancellationToken)
    {
        var found = new List<Candidate>();
        var wanted = terms.ToHashSet(StringComparer.Ordinal);
        using var row = session.Query(SelectTexts).With(partition.Id);
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (SearchText.HasAny(row.Text(1), wanted))
            {
                found.Add(OfMessage(row.Number(0), score: 1));
            }
        }

        return found;
    }

    private static List<Candidate> Find(IndexReader index, long texts, List<string> words)
    {
        if (words.Count == 0)
        {
            return [];
        }

        var common = texts > MostRanked ? TakeCommon(index, words) : [];
        var found = words.Count > 0 ? index.Ranked(MatchExpression.AnyOf(words)) : [];
        if (common.Count > 0)
        {
            AddCommon(index, texts, common, found);
        }

        return found;
    }

    // Moves the words that stand in too many texts from the words to the result.
    private static List<string> TakeCommon(IndexReader index, List<string> words)
    {
        var left = MostCounted;
        var counts = words.ConvertAll(word =>
        {
            var count = index.Count(word, Math.Min(left, MostRanked));
            left -= count;
            return new CountedWord(word, count, IsWhole: count < MostRanked && left > 0);
        });
        var ranked = 0;
        var common = new List<string>();
        words.Clear();
        foreach (var word in counts.OrderBy(word => word.Count))
        {
            var isRare = word.IsWhole && ranked + word.Count <= MostRanked;
            ranked += isRare ? word.Count : 0;
            (isRare ? words : common).Add(word.Text);
        }

        return common;
    }

    private static void AddCommon(IndexReader index, long texts, List<string> common, List<Candidate> found)
    {
        var seen = found.Select(candidate => (candidate.MemoryKey, candidate.First)).ToHashSet();
        var weight = Math.Log(1 + ((texts - MostRanked + 0.5) / (MostRanked + 0.5)));
        Add(MatchExpression.AllOf(common), weight * common.Count);
        if (seen.Count < MostCommon && common.Count > 1)
        {
            Add(MatchExpression.AnyOf(common), weight);
        }

        void Add(string expression, double score) => found.AddRange(
            index.Latest(expression, MostCommon, score).Where(candidate => seen.Add((candidate.MemoryKey, candidate.First))));
    }

    private static Candidate OfMessage(long key, double score) => new(score, MessageKey.Memory(key), MessageKey.Position(key), MessageKey.Position(key));

    private static Candidate OfMemory(long key, double score) => new(score, key, 0, 0);

    private sealed record CountedWord(string Text, int Count, bool IsWhole);
}
