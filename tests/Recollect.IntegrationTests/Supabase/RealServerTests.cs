using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Tables;
using Xunit;

namespace Recollect.IntegrationTests.Supabase;

/// <summary>What PostgREST itself says to keys and names, and what it is sent.</summary>
[Collection(PostgresTests.Name)]
public sealed class RealServerTests(PostgresServer server) : IAsyncLifetime
{
    private TableBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await TableBench.StartAsync(server);
        await _bench.ExecuteAsync("""
            INSERT INTO conversations VALUES (1, 'u', 't', NULL, '2026-01-01');
            INSERT INTO messages VALUES (1, 1, 'user', true, 'hello', '2026-01-01');
            CREATE TABLE chat.talks (id text, user_id text, title text, updated_at timestamptz);
            CREATE TABLE chat.lines (id text, conversation_id text, role text, content jsonb, created_at timestamptz);
            GRANT SELECT ON ALL TABLES IN SCHEMA chat TO web_anon;
            CREATE TABLE hidden (id int, user_id text, title text, updated_at timestamp);
            """);
        await _bench.ServeAsync();
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_token_goes_into_both_headers_and_a_secret_key_into_one()
    {
        var token = Token.Of("""{"role":"web_anon"}""");

        Assert.Single(await _bench.ReadAsync(_bench.Supabase(options => options.Key = token)));
        Assert.All(_bench.Gateway.Calls, call => Assert.Equal((token, $"Bearer {token}"), (call.Headers["apikey"], call.Headers["Authorization"])));
        var before = _bench.Gateway.Calls.Count;
        Assert.Single(await _bench.ReadAsync(_bench.Supabase()));

        Assert.All(_bench.Gateway.Calls.Skip(before), call =>
        {
            Assert.Equal(SupabaseGateway.Key, call.Headers["apikey"]);
            Assert.False(call.Headers.ContainsKey("Authorization"));
            Assert.StartsWith("recollect/", call.Headers["User-Agent"], StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("""{"role":"web_anon","exp":1700000000}""", null, "PGRST301")]
    [InlineData("""{"role":"web_anon"}""", "another secret that is long enough, too", "PGRST301")]
    public async Task A_token_that_is_not_valid_is_refused(string claims, string? secret, string expected)
    {
        var failure = await _bench.FailAsync(_bench.Supabase(options => options.Key = Token.Of(claims, secret)));

        Assert.False(failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_nobody_knows_is_refused() =>
        Assert.Contains("does not know the key", (await _bench.FailAsync(_bench.Supabase(options => options.Key = "sb_secret_other"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Wrong_names_are_named()
    {
        _bench.Options.Title = "titel";
        var diagnosis = await _bench.Supabase().DiagnoseAsync(TestContext.Current.CancellationToken);
        Assert.False(diagnosis.Healthy);
        Assert.Contains("column conversations.titel does not exist", diagnosis.Finding, StringComparison.Ordinal);

        _bench.Options.ConversationsTable = "talk";
        Assert.Contains("has no table talk", (await _bench.FailAsync(_bench.Supabase())).Message, StringComparison.Ordinal);

        (_bench.Options.ConversationsTable, _bench.Options.Title) = ("hidden", "title");
        Assert.Contains("does not let the key read hidden", (await _bench.FailAsync(_bench.Supabase())).Message, StringComparison.Ordinal);

        _bench.Options.ConversationsTable = "elsewhere.talks";
        Assert.Contains("exposed schemas", (await _bench.FailAsync(_bench.Supabase())).Message, StringComparison.Ordinal);

        (_bench.Options.ConversationsTable, _bench.Options.UpdatedAt) = ("conversations", "title");
        (_bench.Options.Title, _bench.Options.ConversationId) = (string.Empty, "updated_at");
        Assert.Contains("cannot compare a column", (await _bench.FailAsync(_bench.Supabase())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_of_any_text_and_tables_of_another_schema_are_read_by_both_ways()
    {
        const string Nasty = "a\"b\\c,d(e)f+g&h'i%j{k} *:.";
        await _bench.ExecuteAsync("INSERT INTO chat.talks VALUES ($1, 'u', NULL, now()), ($2, 'v', NULL, now())", Nasty, $"{Nasty}2");
        await _bench.ExecuteAsync("INSERT INTO chat.lines VALUES ($1, $1, 'user', '{\"b\": [1, \"x\"]}', '2026-01-01 00:00:00.10+02'), ($2, $2, 'user', '\"plain\"', '2026-01-01 00:00:00+02')", Nasty, $"{Nasty}2");
        (_bench.Options.ConversationsTable, _bench.Options.MessagesTable, _bench.Options.BatchSize) = ("chat.talks", "chat.lines", 1);

        var supabase = await _bench.ReadAsync(_bench.Supabase(options => options.MessagesPerCall = 1));
        var postgres = await _bench.ReadAsync(_bench.Postgres());

        Assert.Equal([Nasty, $"{Nasty}2"], supabase.Select(message => message.Message.Id).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["plain", "{\"b\": [1, \"x\"]}"], supabase.Select(message => message.Message.Text).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains(supabase, message => message.Message.Metadata["created_at"].EndsWith(":00:00.1+00:00", StringComparison.Ordinal));
        Assert.Equal(supabase.Select(message => (message.Thread, message.Message.Id, message.Message.Text)), postgres.Select(message => (message.Thread, message.Message.Id, message.Message.Text)));
    }
}
