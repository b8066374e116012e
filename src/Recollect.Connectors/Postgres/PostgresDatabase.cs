using System.Globalization;
using Npgsql;

namespace Recollect.Connectors.Postgres;

/// <summary>What Recollect keeps of its own in a PostgreSQL database: the schema <c>recollect</c>, brought up to date part by part.</summary>
/// <remarks>Every member is safe to call concurrently. What PostgreSQL answers is turned into the seam's own exception here and nowhere else.</remarks>
internal sealed class PostgresDatabase : IAsyncDisposable, IDisposable
{
    private const long MigrationLock = 0x5245434F4C4C4543; // held while the schema is made, so that processes that start at once do it once

    private const string Prepare =
        """
        CREATE SCHEMA IF NOT EXISTS recollect;
        CREATE TABLE IF NOT EXISTS recollect.schema_versions(part text PRIMARY KEY, version integer NOT NULL);
        """;

    private readonly PostgresUse _use;
    private readonly string _part;
    private readonly IReadOnlyList<string> _migrations;
    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresFailures _failures;
    private volatile bool _isReady;

    /// <summary>Initializes a new instance of the <see cref="PostgresDatabase"/> class.</summary>
    /// <param name="connection">How to connect.</param>
    /// <param name="timeout">How long a statement may take.</param>
    /// <param name="use">What it is used for.</param>
    /// <param name="part">The part of the schema, such as <c>state</c>.</param>
    /// <param name="migrations">The scripts that lead from nothing to the newest schema of the part, in order; a published one never changes.</param>
    public PostgresDatabase(string connection, TimeSpan timeout, PostgresUse use, string part, IReadOnlyList<string> migrations)
    {
        (_use, _part, _migrations) = (use, part, migrations);
        var builder = ConnectionText.Read(connection);
        builder.CommandTimeout = (int)timeout.TotalSeconds;
        builder.ApplicationName ??= "recollect";
        builder.Enlist = false;
        (_connection, _failures) = (builder, new(builder, use));
        _source = NpgsqlDataSource.Create(builder);
    }

    /// <summary>Gets what the server is called in sentences.</summary>
    public string Server => _failures.Server;

    /// <summary>Creates or migrates the part; does nothing where it is as it should be.</summary>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        if (!_isReady)
        {
            await InTransactionAsync(MigrateAsync, cancellationToken);
            _isReady = true;
        }
    }

    /// <summary>Reads, each statement for itself.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken);
        return await GuardAsync(async () =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await work(connection, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Changes the database in one transaction: all of it, or nothing.</summary>
    /// <param name="work">The changes.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken);
        return await InTransactionAsync(work, cancellationToken);
    }

    /// <summary>Opens a connection that takes no place in the pool, for what is held long.</summary>
    /// <param name="change">Changes how it is connected.</param>
    /// <param name="begin">Is done first; where it fails, or gives null, the connection is closed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What <paramref name="begin"/> made, which closes the connection.</returns>
    public ValueTask<T?> HoldAsync<T>(
        Action<NpgsqlConnectionStringBuilder> change, Func<NpgsqlConnection, CancellationToken, ValueTask<T?>> begin, CancellationToken cancellationToken)
        where T : class => GuardAsync(
        async () =>
        {
            var builder = new NpgsqlConnectionStringBuilder(_connection.ConnectionString) { Pooling = false };
            change(builder);
            var connection = new NpgsqlConnection(builder.ConnectionString);
            T? held = null;
            try
            {
                await connection.OpenAsync(cancellationToken);
                return held = await begin(connection, cancellationToken);
            }
            finally
            {
                await (held is null ? connection.DisposeAsync() : ValueTask.CompletedTask);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private ValueTask<T> InTransactionAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(connection, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None); // once it is sent, whether it was made could not be told
            return result;
        },
        cancellationToken);

    private async ValueTask<int> MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({MigrationLock})"), cancellationToken);
        if (await IsCurrentAsync(connection, cancellationToken)) // a user who may not create anything can work all the same
        {
            return _migrations.Count;
        }

        await ExecuteAsync(connection, Prepare, cancellationToken);
        for (var version = await VersionAsync(connection, cancellationToken); version < _migrations.Count; version++)
        {
            await ExecuteAsync(connection, _migrations[version], cancellationToken);
        }

        await using var save = new NpgsqlCommand("INSERT INTO recollect.schema_versions VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET version = excluded.version", connection)
        {
            Parameters = { new() { Value = _part }, new() { Value = _migrations.Count } },
        };
        return await save.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var known = new NpgsqlCommand("SELECT to_regclass('recollect.schema_versions') IS NOT NULL", connection);
        return (bool)(await known.ExecuteScalarAsync(cancellationToken))! && await VersionAsync(connection, cancellationToken) == _migrations.Count;
    }

    private async ValueTask<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT version FROM recollect.schema_versions WHERE part = $1", connection) { Parameters = { new() { Value = _part } } };
        var version = await command.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
        return version <= _migrations.Count ? version : throw _use.Fail(string.Create(
            CultureInfo.InvariantCulture, $"{Server} holds the {_part} of a newer version of Recollect ({version}; this one knows {_migrations.Count}). Update this installation."), false, null);
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string script, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
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
