using Recollect.Text;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Finds messages and memories by words, in a time that does not grow with how common the words are.</summary>
/// <remarks>
/// Texts are ranked by BM25 as long as the words stand in few of them. Of many, the latest texts with each word are read, and
/// count as much as their words tell: how often a word stands in a text, and how long that is, is left to the library, which ranks what is found
/// here. How common a word is, is told by how far back the latest texts with it reach.
/// </remarks>
internal static class LexicalIndex
{
    private const int MostRanked = 10_000; // texts of a partition
    private const int MostMatched = 2_000; // texts with a word, counted once for each
    private const int MostRead = 12_000;
    private const int MostOfAWord = 3_000;
    private const int LeastOfAWord = 300;
    private const int MessagesOfATerm = 8; // that are read in the time of looking one term up

    private const string SelectTexts =
        "SELECT t.key, t.text FROM memories AS m JOIN messages AS t ON t.key BETWEEN m.key << 20 AND (m.key << 20) + 1048575 WHERE m.partition_id = ?1";

    /// <summary>Gets the messages of a partition that hold some of the terms.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, and how many messages it has.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="top">How many messages are wanted. Where there are no more, few in all and many terms, the messages themselves are read, which is faster.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static PooledList<Candidate> Messages(
        SqliteSession session, Partition partition, IReadOnlyList<string> terms, int top, CancellationToken cancellationToken)
    {
        using var found = partition.Messages <= Math.Min(top, (long)MessagesOfATerm * terms.Count)
            ? Read(session, partition, terms, cancellationToken)
            : Find(new("message_index", session, cancellationToken), partition.Messages, MatchExpression.Words(partition.Id, terms));
        var messages = new PooledList<Candidate>();
        foreach (var (key, score) in found.Span)
        {
            messages.Add(new(score, MessageKey.Memory(key), MessageKey.Position(key), MessageKey.Position(key)));
        }

        return messages;
    }

    /// <summary>Gets the memories of a partition that hold some of the terms.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, and how many messages it has.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static PooledList<Candidate> Memories(
        SqliteSession session, Partition partition, IReadOnlyList<string> terms, CancellationToken cancellationToken)
    {
        using var found = Find(new("memory_index", session, cancellationToken), partition.Messages, MatchExpression.Words(partition.Id, terms));
        var memories = new PooledList<Candidate>();
        foreach (var (key, score) in found.Span)
        {
            memories.Add(new(score, key, 0, 0));
        }

        return memories;
    }

    private static PooledList<(long Key, double Score)> Read(SqliteSession session, Partition partition, IReadOnlyList<string> terms, CancellationToken cancellationToken)
    {
        var found = new PooledList<(long Key, double Score)>();
        var wanted = terms.ToHashSet(StringComparer.Ordinal);
        using var row = session.Query(SelectTexts).With(partition.Id);
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (SearchText.HasAny(row.Text(1), wanted))
            {
                found.Add((row.Number(0), 1));
            }
        }

        return found;
    }

    private static PooledList<(long Key, double Score)> Find(IndexReader index, long texts, List<string> words)
    {
        if (words.Count == 0)
        {
            return new();
        }

        if (texts <= MostRanked)
        {
            return index.Ranked(MatchExpression.AnyOf(words));
        }

        var most = Math.Clamp(MostRead / words.Count, LeastOfAWord, MostOfAWord);
        var latest = words.ConvertAll(word => index.Latest(word, most));
        return latest.TrueForAll(keys => keys.Count < most) && latest.Sum(keys => keys.Count) <= MostMatched
            ? index.Ranked(MatchExpression.AnyOf(words))
            : Weigh(latest, most, texts);
    }

    // Each word's texts run from the latest to the earliest, so that the latest of what stands first is always next.
    private static PooledList<(long Key, double Score)> Weigh(List<List<long>> latest, int most, long texts)
    {
        var newest = latest.Max(keys => keys.Count > 0 ? keys[0] : 0);
        double[] weights = [.. latest.Select(keys => WeightOf(keys, most, texts, newest))];
        var read = new int[latest.Count];
        var scores = new PooledList<(long Key, double Score)>();
        while (Next() is { } key)
        {
            var score = 0.0;
            for (var word = 0; word < weights.Length; word++)
            {
                if (read[word] < latest[word].Count && latest[word][read[word]] == key)
                {
                    score += weights[word];
                    read[word]++;
                }
            }

            scores.Add((key, score * (1 + (1e-9 * key / Math.Max(1, newest))))); // of equal ones the later is a very little better
        }

        return scores;

        long? Next()
        {
            long? next = null;
            for (var word = 0; word < read.Length; word++)
            {
                if (read[word] < latest[word].Count && !(latest[word][read[word]] <= next))
                {
                    next = latest[word][read[word]];
                }
            }

            return next;
        }
    }

    private static double WeightOf(List<long> keys, int most, long texts, long newest)
    {
        var having = keys.Count < most ? keys.Count : Math.Min(texts, keys.Count * (newest / (newest - keys[^1] + 1.0)));
        return Math.Log(1 + ((texts - having + 0.5) / (having + 0.5)));
    }
}
