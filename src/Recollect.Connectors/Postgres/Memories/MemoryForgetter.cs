using Npgsql;
using NpgsqlTypes;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Removes a user.</summary>
internal static class MemoryForgetter
{
    private const string Forget =
        """
        WITH removed AS (DELETE FROM recollect.memories WHERE owner = $1 RETURNING messages, chunks, ended_at)
        SELECT count(*), coalesce(sum(messages), 0), coalesce(sum(chunks), 0), max(ended_at) FROM removed
        """;

    /// <summary>Removes every memory of a user, within a transaction of the caller.</summary>
    public static async ValueTask<ForgetCounts> ForgetAsync(NpgsqlConnection connection, Guid owner, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Forget, connection) { Parameters = { new() { Value = owner, NpgsqlDbType = NpgsqlDbType.Uuid } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.Moment(3));
    }

    /// <summary>Clears what was removed out of tables and indexes, so that no query can reach it, however it is written.</summary>
    public static async ValueTask<int> VacuumAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("VACUUM recollect.memories, recollect.messages, recollect.chunks", connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
