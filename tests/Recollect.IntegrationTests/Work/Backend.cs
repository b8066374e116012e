using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Recollect.IntegrationTests.Server;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Work;

/// <summary>The tables of a chat backend, and a Recollect over them.</summary>
internal sealed class Backend : IAsyncDisposable
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
    private readonly Dictionary<string, string?> _settings;
    private RunningServer? _server;

    private Backend(NpgsqlConnectionStringBuilder database)
    {
        _administrator = NpgsqlDataSource.Create(database);
        _settings = new(StringComparer.Ordinal)
        {
            ["Sources:Use"] = "postgres",
            ["Sources:Name"] = "backend",
            ["Sources:Postgres:ConnectionString"] = database.ConnectionString,
            ["Sources:Tables:Title"] = string.Empty,
            ["Sources:Tables:IsUser"] = "is_user",
            ["Sources:Tables:SentAt"] = "timestamp",
            ["Worker:BatchSize"] = "5",
        };
        Database = database;
    }

    public NpgsqlConnectionStringBuilder Database { get; }

    public RunningServer Server => _server!;

    public static async Task<Backend> CreateAsync(PostgresServer server)
    {
        var backend = new Backend(await server.CreateDatabaseAsync());
        await backend.ExecuteAsync(Layout);
        return backend;
    }

    public async Task<Backend> ServeAsync(Action<IServiceCollection>? change = null, params (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        _server = await RunningServer.StartAsync(_settings, change);
        return this;
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

    /// <summary>Asks the store again and again until it has that many memories.</summary>
    public async Task<long> UntilAsync(long memories)
    {
        var store = Server.Services.GetRequiredService<Recollect.Memorize.Stores.IMemoryStore>();
        var state = Server.Services.GetRequiredService<Recollect.State.IStateStore>();
        await store.InitializeAsync(CancellationToken.None);
        await state.InitializeAsync(CancellationToken.None);
        long found;
        while ((found = (await store.GetStatisticsAsync(CancellationToken.None)).Memories) < memories || await state.Queued.CountAsync("backend", CancellationToken.None) > 0)
        {
            await Task.Yield();
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        await _administrator.DisposeAsync();
    }
}
