namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Asks one full-text index.</summary>
internal sealed class IndexReader(string index, SqliteSession session, CancellationToken cancellationToken)
{
    private readonly string _latest = $"SELECT rowid FROM {index} WHERE {index} MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    private readonly string _ranked = $"SELECT rowid, rank FROM {index} WHERE {index} MATCH ?1";

    /// <summary>Gets all texts that match, each with its BM25.</summary>
    public PooledList<(long Key, double Score)> Ranked(string expression)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var row = session.Query(_ranked).With(expression);
        var texts = new PooledList<(long Key, double Score)>();
        while (row.Read())
        {
            texts.Add((row.Number(0), Math.Max(-row.Fraction(1), double.Epsilon))); // the index counts down from 0
        }

        return texts;
    }

    /// <summary>Gets the texts that match and were added last, the latest first.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="count">How many at the most.</param>
    public List<long> Latest(string expression, int count)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var row = session.Query(_latest).With(expression).With(count);
        return row.List(static text => text.Number(0));
    }
}
