using System.Globalization;
using Npgsql;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Work;

/// <summary>The tables of a chat backend, in a database of their own.</summary>
internal sealed class BackendTables : IAsyncDisposable
{
    private const string Layout = """
        CREATE TABLE users (id serial PRIMARY KEY, phone_number varchar(20) UNIQUE, name text);
        CREATE TABLE conversations (id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users(id), created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE messages (id serial PRIMARY KEY, conversation_id integer NOT NULL REFERENCES conversations(id), content text, is_user boolean NOT NULL, timestamp timestamptz NOT NULL DEFAULT now());
        CREATE INDEX ON messages (conversation_id);
        CREATE INDEX ON conversations (updated_at);
        INSERT INTO users (name) SELECT 'User ' || n FROM generate_series(1, 7) AS n;
        """;

    private readonly NpgsqlDataSource _administrator;

    private BackendTables(NpgsqlConnectionStringBuilder database) => (Database, _administrator) = (database, NpgsqlDataSource.Create(database));

    public NpgsqlConnectionStringBuilder Database { get; }

    public static async Task<BackendTables> CreateAsync(PostgresServer server)
    {
        var tables = new BackendTables(await server.CreateDatabaseAsync());
        await tables.ExecuteAsync(Layout);
        return tables;
    }

    public async Task<int> ExecuteAsync(string statement)
    {
        await using var command = _administrator.CreateCommand(statement);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T> GetAsync<T>(string statement)
    {
        await using var command = _administrator.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Gets the first column of each row, as text.</summary>
    public async Task<List<string>> ListAsync(string statement)
    {
        await using var command = _administrator.CreateCommand(statement);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Gets a count; 0 where the table is not there yet, or the server is down.</summary>
    public async Task<long> TryGetAsync(string statement)
    {
        try
        {
            return await GetAsync<long>(statement);
        }
        catch (NpgsqlException)
        {
            return 0;
        }
    }

    /// <summary>Adds conversations of four messages each that have been quiet for a while.</summary>
    public Task AddAsync(int count, string quiet = "3 hours") => ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
        WITH added AS (
            INSERT INTO conversations (user_id, created_at, updated_at)
            SELECT 1 + n % 7, now() - interval '{quiet}' - interval '10 minutes', now() - interval '{quiet}' + n * interval '1 microsecond' FROM generate_series(1, {count}) AS n RETURNING id, updated_at)
        INSERT INTO messages (conversation_id, content, is_user, timestamp)
        SELECT id, 'Message ' || m || ' of talk ' || id || ' about planets, box ' || id * 31, m % 2 = 1, updated_at - interval '1 minute' + m * interval '1 second' FROM added, generate_series(1, 4) AS m
        """));

    /// <summary>Adds a message to a conversation, which makes it change at a moment before now.</summary>
    public Task SayAsync(int conversation, string text, string ago = "121 minutes") => ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO messages (conversation_id, content, is_user, timestamp) VALUES ({conversation}, '{text}', true, now() - interval '{ago}');
        UPDATE conversations SET updated_at = now() - interval '{ago}' WHERE id = {conversation};
        """));

    public ValueTask DisposeAsync() => _administrator.DisposeAsync();
}
