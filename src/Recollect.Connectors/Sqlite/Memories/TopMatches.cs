using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Picks the best of many scored keys so that equal scores are cut by memory id and position, never by chance.</summary>
internal static class TopMatches
{
    /// <summary>Sorts and cuts candidates.</summary>
    /// <param name="candidates">The candidates in any order; changed by the call.</param>
    /// <param name="top">How many to return at the most.</param>
    /// <param name="idOf">What names the memory of a candidate; null for one that is not there.</param>
    public static List<(string MemoryId, Candidate Candidate)> Pick(List<Candidate> candidates, int top, Func<Candidate, string?> idOf)
    {
        CollectionsMarshal.AsSpan(candidates).Sort(static (x, y) => y.Score.CompareTo(x.Score));
        var named = new List<(string MemoryId, Candidate Candidate)>(Math.Min(top, candidates.Count));
        foreach (var candidate in candidates)
        {
            if (named.Count >= top && candidate.Score < named[^1].Candidate.Score)
            {
                break;
            }

            if (idOf(candidate) is { } id)
            {
                named.Add((id, candidate));
            }
        }

        named.Sort(static (x, y) => Compare(x, y));
        return named.Count <= top ? named : named[..top];
    }

    /// <summary>Names the memory of a candidate.</summary>
    public static string? IdOfMemory(SqliteSession session, Candidate candidate) =>
        Id(session.Query("SELECT id FROM memories WHERE key = ?1").With(candidate.MemoryKey));

    /// <summary>Names the memory of a candidate whose first message must exist.</summary>
    public static string? IdOfMessage(SqliteSession session, Candidate candidate) =>
        Id(session.Query("SELECT m.id FROM messages AS x JOIN memories AS m ON m.key = ?1 WHERE x.key = ?2")
            .With(candidate.MemoryKey).With(MessageKey.First(candidate.MemoryKey) + candidate.First));

    private static string? Id(SqliteStatement statement)
    {
        using var row = statement;
        return row.Read() ? row.Text(0) : null;
    }

    private static int Compare((string MemoryId, Candidate Candidate) x, (string MemoryId, Candidate Candidate) y)
    {
        var byScore = y.Candidate.Score.CompareTo(x.Candidate.Score);
        var byId = byScore != 0 ? byScore : string.CompareOrdinal(x.MemoryId, y.MemoryId);
        return byId != 0 ? byId : x.Candidate.First.CompareTo(y.Candidate.First);
    }
}
