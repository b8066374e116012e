using Npgsql;

namespace Recollect.Connectors.Postgres;

/// <summary>Runs statements with numbered parameters.</summary>
internal static class PostgresCommands
{
    /// <summary>Runs a statement.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">A constant text; never one that holds values.</param>
    /// <param name="values">The parameters, in order; null is NULL.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many rows it changed.</returns>
    public static async ValueTask<int> RunAsync(this NpgsqlConnection connection, string sql, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gets the first column of the first row; the default where there is none, or NULL.</summary>
    public static async ValueTask<T?> ValueAsync<T>(this NpgsqlConnection connection, string sql, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    /// <summary>Reads every row.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">A constant text.</param>
    /// <param name="values">The parameters, in order.</param>
    /// <param name="read">What makes an item of a row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async ValueTask<List<T>> ListAsync<T>(
        this NpgsqlConnection connection, string sql, object?[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(read(reader));
        }

        return items;
    }

    private static NpgsqlCommand CommandOf(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
