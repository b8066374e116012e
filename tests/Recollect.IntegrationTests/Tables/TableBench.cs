using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Recollect.Conformance;
using Recollect.Conformance.Ingest.Sources;
using Recollect.Connectors.Postgres;
using Recollect.Connectors.Supabase;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;
using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Supabase;
using Xunit;

namespace Recollect.IntegrationTests.Tables;

/// <summary>Tables in a database of their own, and both ways to them.</summary>
internal sealed class TableBench : IAsyncDisposable
{
    /// <summary>The tables of most tests; <c>{id}</c> is the type of ids, <c>{time}</c> that of times.</summary>
    private const string Layout = """
        CREATE TABLE conversations (id {id} PRIMARY KEY, user_id text, title varchar(255), department text, updated_at {time});
        CREATE TABLE messages (id {id}, conversation_id {id}, role varchar(20), is_user boolean, content text, created_at {time}, PRIMARY KEY (conversation_id, id));
        CREATE INDEX ON conversations (updated_at);
        DO $$ BEGIN CREATE ROLE web_anon NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        CREATE SCHEMA chat;
        GRANT USAGE ON SCHEMA public, chat TO web_anon;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO web_anon;
        """;

    private readonly List<IAsyncDisposable> _sources = [];
    private readonly NpgsqlDataSource _administrator;
    private PostgrestServer? _postgrest;
    private SupabaseGateway? _gateway;

    private TableBench(NpgsqlConnectionStringBuilder database) => (Database, _administrator) = (database, NpgsqlDataSource.Create(database));

    public NpgsqlConnectionStringBuilder Database { get; }

    public ManualTime Time { get; } = new(new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public RecordingObserver Observer { get; private set; } = new();

    public TableOptions Options { get; } = new();

    public SupabaseGateway Gateway => _gateway!;

    public static async Task<TableBench> StartAsync(PostgresServer server, string id = "int", string time = "timestamp")
    {
        var bench = new TableBench(await server.CreateDatabaseAsync());
        await bench.ExecuteAsync(Layout.Replace("{id}", id, StringComparison.Ordinal).Replace("{time}", time, StringComparison.Ordinal));
        return bench;
    }

    /// <summary>Starts PostgREST with its gateway over the tables that are there.</summary>
    public async Task<TableBench> ServeAsync(int maxRows = 1000)
    {
        _postgrest = await PostgrestServer.StartAsync(Database, maxRows);
        _gateway = await SupabaseGateway.StartAsync(_postgrest.Address);
        return this;
    }

    public async Task ExecuteAsync(string statement, params IEnumerable<object?> values)
    {
        await using var command = _administrator.CreateCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Adds messages, and their conversations.</summary>
    public async Task AddAsync(IEnumerable<SourceMessage> messages)
    {
        foreach (var message in messages)
        {
            await ExecuteAsync(
                "INSERT INTO conversations (id, user_id, updated_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at",
                message.Thread.Key.Thread, message.Thread.Key.Owner.User, message.Message.SentAt.DateTime);
            await ExecuteAsync(
                "INSERT INTO messages (id, conversation_id, role, content, created_at) VALUES ($1, $2, $3, $4, $5)",
                message.Message.Id, message.Thread.Key.Thread, message.Message.Role, message.Message.Text, message.Message.SentAt.DateTime);
        }
    }

    public SupabaseSource Supabase(Action<SupabaseOptions>? change = null)
    {
        var options = new SupabaseOptions { Url = Gateway.Url, Key = SupabaseGateway.Key, Delay = TimeSpan.Zero };
        change?.Invoke(options);
        var source = new SupabaseSource(Wrap(options), Wrap(Options), Source, Time, NullLogger<SupabaseSource>.Instance);
        _sources.Add(new Disposing(source));
        return source;
    }

    public PostgresSource Postgres(Action<PostgresOptions>? change = null)
    {
        var options = new PostgresOptions { ConnectionString = Database.ConnectionString };
        change?.Invoke(options);
        var source = new PostgresSource(Wrap(options), Wrap(Options), Source, Time);
        _sources.Add(source);
        return source;
    }

    /// <summary>Reads to the end, in the order of conversations and messages.</summary>
    public async Task<List<SourceMessage>> ReadAsync(ISource source, ReadRequest? request = null)
    {
        Observer = new();
        var messages = await source.ReadAsync(request ?? ReadRequest.Everything, Observer, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        return [.. messages.OrderBy(message => message.Thread.Key.Id, StringComparer.Ordinal).ThenBy(message => message.Message, MessageOrder.Instance)];
    }

    public Task<SourceException> FailAsync(ISource source) => Assert.ThrowsAsync<SourceException>(() => ReadAsync(source));

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _sources.Append(_gateway).Append(_postgrest).Append(_administrator).OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }
    }

    private static IOptions<SourceOptions> Source => Wrap(new SourceOptions { Name = "chats" });

    private static IOptions<T> Wrap<T>(T options)
        where T : class => Microsoft.Extensions.Options.Options.Create(options);

    private sealed class Disposing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return default;
        }
    }
}
