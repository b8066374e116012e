using System.Collections;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>The rows of a file whose memories the database no longer has, at one version of the partition. Never changes.</summary>
internal sealed class RemovedRows(long version, long seq, BitArray rows, int count = 0)
{
    private const string Since = "SELECT seq, memory_key FROM journal WHERE partition_id = ?1 AND kind = 'delete' AND seq > ?2 ORDER BY seq";

    /// <summary>Gets the version of the partition.</summary>
    public long Version => version;

    /// <summary>Gets how many there are.</summary>
    public int Count => count;

    /// <summary>Says whether a row is one of them.</summary>
    public bool Has(int row) => row < rows.Length && rows[row];

    /// <summary>Adds what a session sees beyond.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, as the session sees it.</param>
    /// <param name="find">What finds the rows of a memory.</param>
    public RemovedRows With(SqliteSession session, Partition partition, Func<long, (int First, int Count)> find)
    {
        var (last, added, marked) = (seq, count, default(BitArray));
        using var row = session.Query(Since).With(partition.Id).With(seq);
        while (row.Read())
        {
            last = row.Number(0);
            var (first, found) = find(row.Number(1));
            for (var at = first; at < first + found; at++)
            {
                marked ??= new BitArray(rows);
                marked.Length = Math.Max(marked.Length, at + 1);
                added += marked[at] ? 0 : 1;
                marked[at] = true;
            }
        }

        return new(partition.Version, last, marked ?? rows, added);
    }
}
