using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.Connectors.Postgres;

/// <summary>Reads the tables as they were at one moment, in one read-only transaction. Rows stream from the server; none are kept.</summary>
internal sealed class PostgresSnapshot : ITableRows, IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly PostgresStatements _statements;
    private readonly PostgresFailures _failures;

    private PostgresSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, TableShape shape, PostgresFailures failures) =>
        (_connection, _transaction, _statements, _failures) = (connection, transaction, new(shape), failures);

    /// <summary>Connects and fixes the moment.</summary>
    /// <param name="database">The database.</param>
    /// <param name="shape">The tables.</param>
    /// <param name="failures">Describes failures.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async ValueTask<PostgresSnapshot> OpenAsync(NpgsqlDataSource database, TableShape shape, PostgresFailures failures, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.OpenConnectionAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using var command = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new(connection, transaction, shape, failures);
        }
        catch (Exception ex) when (ex is OperationCanceledException || PostgresFailures.IsKnown(ex))
        {
            await (connection?.DisposeAsync() ?? default);
            cancellationToken.ThrowIfCancellationRequested();
            throw failures.Of(ex);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TablePage> ReadConversationsAsync(TableQuery query, CancellationToken cancellationToken)
    {
        string?[] values = query switch
        {
            { Ids: { } ids, After: { } after } => [ArrayOf(ids), after.Id],
            { Ids: { } ids } => [ArrayOf(ids)],
            { Since: not null, After: { } after } => [after.UpdatedAt, after.Id],
            { Since: { } since } => [MomentOf(since)],
            { After: { } after } => [after.Id],
            _ => [],
        };
        long? total = query is { After: null, IsUndated: false } ? await GetAsync<long>(_statements.Count(query), values, cancellationToken) : null;
        List<JsonElement> rows = [];
        await foreach (var row in StreamAsync(_statements.Conversations(query), values, cancellationToken))
        {
            rows.Add(row);
        }

        return new(rows, total);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JsonElement> ReadMessagesAsync(IReadOnlyList<string> conversations, CancellationToken cancellationToken) =>
        StreamAsync(_statements.Messages(), [ArrayOf(conversations)], cancellationToken);

    /// <summary>Lists the conversations that changed in a span.</summary>
    public IAsyncEnumerable<JsonElement> ListAsync(DateTimeOffset? after, DateTimeOffset until, CancellationToken cancellationToken) =>
        StreamAsync(_statements.Changed(after is not null), after is { } start ? [MomentOf(until), MomentOf(start)] : [MomentOf(until)], cancellationToken);

    /// <summary>Lists the conversations of a user.</summary>
    public IAsyncEnumerable<JsonElement> ListOfUserAsync(string user, CancellationToken cancellationToken) => StreamAsync(_statements.OfUser(), [user], cancellationToken);

    /// <summary>Finds conversations by their ids.</summary>
    public IAsyncEnumerable<JsonElement> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) => StreamAsync(_statements.OfIds(), [ArrayOf(ids)], cancellationToken);

    /// <summary>Leaves out the values that a column cannot hold, so that one does not make a whole query fail.</summary>
    public async ValueTask<IReadOnlyList<string>> FittingAsync(TableName table, string column, IEnumerable<string> values, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(PostgresStatements.TypeOf, [PostgresStatements.Quoted(table), column]);
        var type = await GuardAsync(async () => await command.ExecuteScalarAsync(cancellationToken) as string, cancellationToken);
        return [.. values.Where(value => IsFit(type, value))];
    }

    /// <summary>Tells whether a table has no index that begins with a column.</summary>
    public ValueTask<bool> LacksIndexAsync(TableName table, string column, CancellationToken cancellationToken) =>
        GetAsync<bool>(PostgresStatements.LacksIndex, [PostgresStatements.Quoted(table), column], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
        catch (Exception ex) when (PostgresFailures.IsKnown(ex)) // a broken connection has nothing to give back
        {
            await _connection.DisposeAsync();
        }
    }

    private static bool IsFit(string? type, string value) => type switch
    {
        "smallint" => short.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "integer" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "bigint" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "uuid" => Guid.TryParseExact(value, "D", out _),
        _ => !value.Contains('\0', StringComparison.Ordinal),
    };

    private static string MomentOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    /// <summary>Writes an array as PostgreSQL reads it.</summary>
    private static string ArrayOf(IEnumerable<string> values) =>
        $"{{{string.Join(',', values.Select(value => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";

    private async IAsyncEnumerable<JsonElement> StreamAsync(string statement, string?[] values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = CommandOf(statement, values);
        await using var reader = await GuardAsync(async () => await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken), cancellationToken);
        while (await GuardAsync(async () => await reader.ReadAsync(cancellationToken), cancellationToken))
        {
            yield return JsonElement.Parse(await GuardAsync(async () => await reader.GetFieldValueAsync<string>(0, cancellationToken), cancellationToken), new JsonDocumentOptions { MaxDepth = 1024 });
        }
    }

    private async ValueTask<T> GetAsync<T>(string statement, string?[] values, CancellationToken cancellationToken)
        where T : struct
    {
        await using var command = CommandOf(statement, values);
        return await GuardAsync(async () => (T)(await command.ExecuteScalarAsync(cancellationToken))!, cancellationToken);
    }

    private NpgsqlCommand CommandOf(string statement, string?[] values)
    {
        var command = new NpgsqlCommand(statement, _connection, _transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = NpgsqlDbType.Unknown });
        }

        return command;
    }

    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step();
        }
        catch (Exception ex) when (PostgresFailures.IsKnown(ex))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _failures.Of(ex);
        }
    }
}
