using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Finds messages and memories by words, with the weights of words taken from one partition alone.</summary>
/// <remarks>
/// The index gives the strength of one word in one text (BM25); how rare the word is, is counted within the partition, so
/// that what others store changes no weight. A message also counts for a share of what its neighbours say.
/// </remarks>
internal static class LexicalIndex
{
    private const int MaxTerms = 64;
    private const int MaxTermLength = 1_024;
    private const int Neighbours = 2;
    private const double NeighbourShare = 0.4;
    private const int CommonFrom = 1_000; // a word in more messages than this, and in a quarter of all, tells nothing of its neighbours
    private const double LeastRarity = 1e-6; // what SQLite takes for words in more than half of all texts

    private const string FindMessages = "SELECT rowid, bm25(message_index) FROM message_index WHERE message_index MATCH ?1";
    private const string FindMemories = "SELECT rowid, bm25(memory_index) FROM memory_index WHERE memory_index MATCH ?1";

    /// <summary>Gets the messages of a partition that hold some of the terms, or stand beside one that does.</summary>
    /// <remarks>A candidate after the end of its conversation is possible; it has no row.</remarks>
    public static List<Candidate> Messages(SqliteSession session, Partition partition, IReadOnlyList<string> terms, CancellationToken cancellationToken)
    {
        var scores = new Dictionary<long, double>();
        var near = new Dictionary<long, double>();
        foreach (var word in Words(partition, terms))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hits = Find(session, FindMessages, word, partition.Messages, partition.AllMessages);
            var isCommon = hits.Count > CommonFrom && hits.Count > partition.Messages / 4;
            near.Clear();
            foreach (var (key, strength) in hits)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(scores, key, out _) += strength;
                if (!isCommon)
                {
                    Spread(near, key, strength * NeighbourShare);
                }
            }

            foreach (var (key, strength) in near)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(scores, key, out _) += strength;
            }
        }

        var found = new List<Candidate>(scores.Count);
        foreach (var (key, score) in scores)
        {
            found.Add(new(score, MessageKey.Memory(key), MessageKey.Position(key), MessageKey.Position(key)));
        }

        return found;
    }

    /// <summary>Gets the memories of a partition that hold some of the terms.</summary>
    public static List<Candidate> Memories(SqliteSession session, Partition partition, IReadOnlyList<string> terms, CancellationToken cancellationToken)
    {
        var scores = new Dictionary<long, double>();
        foreach (var word in Words(partition, terms))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (key, strength) in Find(session, FindMemories, word, partition.Memories, partition.AllMemories))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(scores, key, out _) += strength;
            }
        }

        var found = new List<Candidate>(scores.Count);
        foreach (var (key, score) in scores)
        {
            found.Add(new(score, key, 0, 0));
        }

        return found;
    }

    private static IEnumerable<string> Words(Partition partition, IReadOnlyList<string> terms) => terms
        .Select(term => OwnedText.Of(partition.Id, term.AsSpan(0, Math.Min(term.Length, MaxTermLength))))
        .Where(word => word.Length > 0)
        .Distinct(StringComparer.Ordinal)
        .Take(MaxTerms);

    private static List<(long Key, double Strength)> Find(SqliteSession session, string sql, string word, long texts, long allTexts)
    {
        using var row = session.Query(sql).With($"\"{word}\""); // a word holds letters, marks, numbers and spaces only
        var hits = row.List(static hit => (Key: hit.Number(0), Strength: -hit.Fraction(1)));
        var rarity = Math.Log(1 + ((texts - hits.Count + 0.5) / (hits.Count + 0.5)));
        var rarityAmongAll = Math.Log((allTexts - hits.Count + 0.5) / (hits.Count + 0.5));
        var factor = rarity / (rarityAmongAll > 0 ? rarityAmongAll : LeastRarity);
        foreach (ref var hit in CollectionsMarshal.AsSpan(hits))
        {
            hit.Strength *= factor;
        }

        return hits;
    }

    private static void Spread(Dictionary<long, double> near, long key, double strength)
    {
        var position = MessageKey.Position(key);
        for (var offset = -Math.Min(Neighbours, position); offset <= Neighbours; offset++)
        {
            if (offset != 0)
            {
                ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(near, key + offset, out _);
                best = Math.Max(best, strength);
            }
        }
    }
}
