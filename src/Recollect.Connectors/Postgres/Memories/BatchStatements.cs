using Npgsql;
using NpgsqlTypes;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Adds statements with their values to a batch, which goes to the server in one piece.</summary>
internal static class BatchStatements
{
    /// <summary>Adds a statement.</summary>
    /// <returns>The statement, for its values in order.</returns>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string statement)
    {
        var command = new NpgsqlBatchCommand(statement);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Adds a value, or null.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    /// <summary>Adds a text, or null.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string? text) => command.With(ExactText.EncodeOrNull(text), NpgsqlDbType.Text);

    /// <summary>Adds texts.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, IEnumerable<string?> texts) =>
        command.With(texts.Select(ExactText.EncodeOrNull).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    /// <summary>Adds a number.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, int number) => command.With(number, NpgsqlDbType.Integer);

    /// <summary>Adds a moment.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset moment) => command.With(moment.UtcTicks, NpgsqlDbType.Bigint);

    /// <summary>Adds a key.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, Guid key) => command.With(key, NpgsqlDbType.Uuid);

    /// <summary>Adds a vector, or null.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, ReadOnlyMemory<float>? vector) =>
        command.With(vector?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real);

    /// <summary>Sends a batch of which one statement has rows, and reads all of them.</summary>
    public static async ValueTask<List<T>> ListAsync<T>(this NpgsqlBatch batch, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
