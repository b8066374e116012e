namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Asks one full-text index.</summary>
internal sealed class IndexReader(string index, SqliteSession session, Func<long, double, Candidate> candidate, CancellationToken cancellationToken)
{
    private readonly string _count = $"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ?1 LIMIT ?2)";
    private readonly string _latest = $"SELECT rowid FROM {index} WHERE {index} MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    private readonly string _ranked = $"SELECT rowid, rank FROM {index} WHERE {index} MATCH ?1";

    /// <summary>Counts the texts that match an expression, up to a bound.</summary>
    public int Count(string expression, int atMost) => (int)(session.Query(_count).With(expression).With(atMost).Number() ?? 0);

    /// <summary>Gets all texts that match, each with its BM25.</summary>
    public List<Candidate> Ranked(string expression)
    {
        var found = new List<Candidate>();
        using var row = session.Query(_ranked).With(expression);
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(candidate(row.Number(0), Math.Max(-row.Fraction(1), double.Epsilon))); // the index counts down from 0
        }

        return found;
    }

    /// <summary>Gets the texts that match and were added last.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="score">The score of the latest; the others get a very little less, each than the one after it.</param>
    public List<Candidate> Latest(string expression, int count, double score)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var row = session.Query(_latest).With(expression).With(count);
        return row.List(text => candidate(text.Number(0), score *= 1 - 1e-9));
    }
}
