namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Picks the best of many scored keys so that equal scores are cut by memory id and position, never by chance.</summary>
internal static class TopMatches
{
    /// <summary>Sorts and cuts candidates.</summary>
    /// <param name="session">The session to look ids up in.</param>
    /// <param name="candidates">The candidates in any order.</param>
    /// <param name="top">How many to return at the most.</param>
    public static List<(string MemoryId, Candidate Candidate)> Pick(SqliteSession session, ReadOnlySpan<Candidate> candidates, int top)
    {
        var cut = CutOf(candidates, top);
        var named = new List<(string MemoryId, Candidate Candidate)>();
        foreach (var candidate in candidates)
        {
            if (candidate.Score < cut)
            {
                continue;
            }

            using var row = session.Query("SELECT id FROM memories WHERE key = ?1").With(candidate.MemoryKey);
            if (row.Read())
            {
                named.Add((row.Text(0), candidate));
            }
        }

        named.Sort(static (x, y) => Compare(x, y));
        return named.Count <= top ? named : named[..top];
    }

    // The score of the last that is taken; equal ones are all kept, until their ids are known.
    private static double CutOf(ReadOnlySpan<Candidate> candidates, int top)
    {
        if (candidates.Length <= top)
        {
            return double.NegativeInfinity;
        }

        var best = new PriorityQueue<double, double>(top + 1);
        foreach (var candidate in candidates)
        {
            if (best.Count < top)
            {
                best.Enqueue(candidate.Score, candidate.Score);
            }
            else if (candidate.Score > best.Peek())
            {
                best.EnqueueDequeue(candidate.Score, candidate.Score);
            }
        }

        return best.Peek();
    }

    private static int Compare((string MemoryId, Candidate Candidate) x, (string MemoryId, Candidate Candidate) y)
    {
        var byScore = y.Candidate.Score.CompareTo(x.Candidate.Score);
        var byId = byScore != 0 ? byScore : string.CompareOrdinal(x.MemoryId, y.MemoryId);
        return byId != 0 ? byId : x.Candidate.First.CompareTo(y.Candidate.First);
    }
}
