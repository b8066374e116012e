using System.Net;
using System.Net.Sockets;
using Npgsql;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Tables;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

/// <summary>Every way in which the database fails is told apart and said plainly.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresFailureTests(PostgresServer server) : IAsyncLifetime
{
    private TableBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await TableBench.StartAsync(server);
        await _bench.ExecuteAsync("INSERT INTO conversations VALUES (1, 'u', 't', NULL, '2026-01-01'); INSERT INTO messages VALUES (1, 1, 'user', true, 'hello', '2026-01-01');");
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("Password", "secret-words", "refused user or password (28P01)")]
    [InlineData("Database", "secret-words", "has no such database (3D000)")]
    [InlineData("Host", "nowhere.invalid", "its name is not known")]
    public async Task A_wrong_connection_is_named(string keyword, string value, string expected)
    {
        var connection = new NpgsqlConnectionStringBuilder(_bench.Database.ConnectionString) { [keyword] = value };

        var failure = await _bench.FailAsync(_bench.Postgres(options => options.ConnectionString = connection.ConnectionString));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-words", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Database.Password!, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(keyword is "Host", failure.IsTransient);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var failure = await _bench.FailAsync(_bench.Postgres(options => options.ConnectionString = $"postgresql://u:secret@127.0.0.1:{port}/db"));

        Assert.True(failure.IsTransient);
        Assert.Equal($"PostgreSQL at 127.0.0.1:{port} cannot be reached: nothing listens there. Start it, or correct Sources:Postgres:ConnectionString.", failure.Message);
    }

    [Fact]
    public async Task Wrong_names_are_named()
    {
        _bench.Options.Title = "titel";
        var diagnosis = await _bench.Postgres().DiagnoseAsync(TestContext.Current.CancellationToken);
        Assert.False(diagnosis.Healthy);
        Assert.Contains("no such column: column \"titel\" does not exist (42703)", diagnosis.Finding, StringComparison.Ordinal);

        _bench.Options.ConversationsTable = "chat.talk";
        Assert.Contains("no such table: relation \"chat.talk\" does not exist (42P01)", (await _bench.FailAsync(_bench.Postgres())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_read_is_told_what_to_grant()
    {
        await _bench.ExecuteAsync($"DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'reader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;");
        var connection = new NpgsqlConnectionStringBuilder(_bench.Database.ConnectionString) { Username = "reader", Password = "reader" };

        var failure = await _bench.FailAsync(_bench.Postgres(options => options.ConnectionString = connection.ConnectionString));

        Assert.False(failure.IsTransient);
        Assert.Contains("GRANT SELECT", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_the_server_stops_may_pass()
    {
        await _bench.ExecuteAsync($"ALTER TABLE conversations RENAME TO slow; CREATE VIEW conversations AS SELECT slow.* FROM slow, pg_sleep(60)");

        var failure = await _bench.FailAsync(_bench.Postgres(options => options.ConnectionString += ";Options='-c statement_timeout=50'"));

        Assert.True(failure.IsTransient);
        Assert.Contains("stopped the query (57014)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_may_pass()
    {
        _bench.Options.BatchSize = 1;
        await _bench.ExecuteAsync("INSERT INTO conversations VALUES (2, 'u', 't', NULL, '2026-01-01'); INSERT INTO messages VALUES (2, 2, 'user', true, 'hello', '2026-01-01');");
        var source = _bench.Postgres();

        var failure = await Assert.ThrowsAsync<SourceException>(async () =>
        {
            await foreach (var _ in source.ReadAsync(ReadRequest.Everything, _bench.Observer, TestContext.Current.CancellationToken))
            {
                await _bench.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'recollect'");
            }
        });

        Assert.True(failure.IsTransient, failure.Message);
    }

    [Fact]
    public async Task Reading_is_of_one_moment_and_can_write_nothing()
    {
        _bench.Options.BatchSize = 1;
        await _bench.ExecuteAsync("INSERT INTO conversations VALUES (2, 'u', 't', NULL, '2026-01-01'); INSERT INTO messages VALUES (2, 2, 'user', true, 'hello', '2026-01-01');");
        var texts = new List<string>();

        await foreach (var message in _bench.Postgres().ReadAsync(ReadRequest.Everything, _bench.Observer, TestContext.Current.CancellationToken))
        {
            texts.Add(message.Message.Text);
            await _bench.ExecuteAsync("UPDATE messages SET content = 'changed'; DELETE FROM conversations WHERE id = 2;");
        }

        Assert.Equal(["hello", "hello"], texts, StringComparer.Ordinal);
        await _bench.ExecuteAsync("CREATE TABLE written (x int); CREATE FUNCTION write() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO written VALUES (1); RETURN 1; END';");
        await _bench.ExecuteAsync("CREATE VIEW sly AS SELECT id, user_id, title, updated_at, write() FROM conversations WHERE write() = 1");
        _bench.Options.ConversationsTable = "sly";
        Assert.Contains("(25006)", (await _bench.FailAsync(_bench.Postgres())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_advises_the_indexes_that_are_missing()
    {
        var with = await _bench.Postgres().DiagnoseAsync(TestContext.Current.CancellationToken);
        await _bench.ExecuteAsync("DROP INDEX conversations_updated_at_idx");

        var without = await _bench.Postgres().DiagnoseAsync(TestContext.Current.CancellationToken);

        Assert.Equal((true, null), (with.Healthy, with.Advice));
        Assert.Equal((true, "Reading gets faster with an index: CREATE INDEX CONCURRENTLY ON \"conversations\" (\"updated_at\");"), (without.Healthy, without.Advice));
        Assert.EndsWith("shows 1 rows of conversations, with messages in messages", without.Finding, StringComparison.Ordinal);
    }
}
