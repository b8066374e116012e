namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Finds messages and memories by words.</summary>
internal static class LexicalIndex
{
    private const string FindMessages = "SELECT rowid, rank FROM message_index WHERE message_index MATCH ?1";
    private const string FindMemories = "SELECT rowid, rank FROM memory_index WHERE memory_index MATCH ?1";

    /// <summary>Gets the messages of a partition that hold some of the terms.</summary>
    public static List<Candidate> Messages(SqliteSession session, long partition, IReadOnlyList<string> terms, CancellationToken cancellationToken) =>
        Find(session, FindMessages, MatchExpression.Build(partition, terms), OfMessage, cancellationToken);

    /// <summary>Gets the memories of a partition that hold some of the terms.</summary>
    public static List<Candidate> Memories(SqliteSession session, long partition, IReadOnlyList<string> terms, CancellationToken cancellationToken) =>
        Find(session, FindMemories, MatchExpression.Build(partition, terms), OfMemory, cancellationToken);

    private static List<Candidate> Find(
        SqliteSession session, string sql, string? expression, Func<long, double, Candidate> candidate, CancellationToken cancellationToken)
    {
        var found = new List<Candidate>();
        if (expression is null)
        {
            return found;
        }

        using var row = session.Query(sql).With(expression);
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(candidate(row.Number(0), Math.Max(-row.Fraction(1), double.Epsilon))); // the index counts down from 0
        }

        return found;
    }

    private static Candidate OfMessage(long key, double score) => new(score, MessageKey.Memory(key), MessageKey.Position(key), MessageKey.Position(key));

    private static Candidate OfMemory(long key, double score) => new(score, key, 0, 0);
}
