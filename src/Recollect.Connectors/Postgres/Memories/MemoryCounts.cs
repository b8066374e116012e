using Npgsql;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Counts what is stored.</summary>
internal static class MemoryCounts
{
    /// <summary>Counts what ended between each border of the first parameter and the next, by the place of the first of the two; the other parameters are the first and the last border.</summary>
    public const string Between =
        "SELECT width_bucket(ended_at, $1) AS period, count(*) FROM recollect.memories WHERE ended_at >= $2 AND ended_at < $3 GROUP BY period";

    private const string Totals = "SELECT count(*), coalesce(sum(messages), 0), coalesce(sum(chunks), 0), count(DISTINCT owner) FROM recollect.memories";
    private const string MadeBy = "SELECT made_by, count(*), min(ended_at) FROM recollect.memories GROUP BY made_by";
    private const string LargestUsers = "SELECT tenant, user_id, count(*) AS memories FROM recollect.memories GROUP BY tenant, user_id ORDER BY memories DESC, tenant, user_id LIMIT 20";

    /// <summary>Counts everything.</summary>
    public static async ValueTask<StoreStatistics> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Totals);
        batch.Add(MadeBy);
        batch.Add(LargestUsers);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (memories, messages, chunks, users) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        var madeBy = new Dictionary<string, long>(StringComparer.Ordinal);
        var oldest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            madeBy.Add(reader.Text(0), reader.GetInt64(1));
            oldest.Add(reader.Text(0), reader.Instant(2));
        }

        var largest = new List<UserMemories>();
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            largest.Add(new(reader.Text(0), reader.Text(1), reader.GetInt64(2)));
        }

        return new()
        {
            Memories = memories,
            Messages = messages,
            Chunks = chunks,
            Users = users,
            MemoriesByMadeBy = madeBy,
            OldestByMadeBy = oldest,
            LargestUsers = largest,
        };
    }
}
