using Npgsql;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Removes a user, or some memories.</summary>
internal static class MemoryForgetter
{
    private const string Count = "SELECT count(*), coalesce(sum(messages), 0), coalesce(sum(chunks), 0), max(ended_at) FROM removed";

    private const string Forget = $"WITH removed AS (DELETE FROM recollect.memories WHERE owner = $1 RETURNING messages, chunks, ended_at) {Count}";

    private const string ForgetSome = $"WITH removed AS (DELETE FROM recollect.memories WHERE id = ANY($1) RETURNING messages, chunks, ended_at) {Count}";

    /// <summary>Removes every memory of a user and every document of the user's conversations, within a transaction of the caller.</summary>
    public static async ValueTask<ForgetCounts> ForgetAsync(NpgsqlConnection connection, ConversationTable documents, string tenant, string user, CancellationToken cancellationToken)
    {
        var owner = OwnerKeys.Of(tenant, user);
        await using var batch = new NpgsqlBatch(connection);
        documents.AddForget(batch, tenant, user);
        documents.AddForget(batch, owner);
        batch.Add(Forget).With(owner);
        return (await batch.ListAsync(Counts, cancellationToken)).Single(); // the statements before it give no rows
    }

    /// <summary>Removes some memories and the documents of their conversations, within a transaction of the caller.</summary>
    public static async ValueTask<ForgetCounts> ForgetAsync(NpgsqlConnection connection, ConversationTable documents, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        documents.AddDelete(batch, ids);
        batch.Add(ForgetSome).With(ids);
        return (await batch.ListAsync(Counts, cancellationToken)).Single();
    }

    /// <summary>Clears what was removed out of tables and indexes, so that no query can reach it, however it is written.</summary>
    public static async ValueTask<int> VacuumAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("VACUUM recollect.memories, recollect.messages, recollect.chunks", connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static ForgetCounts Counts(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.InstantOrNull(3));
}
