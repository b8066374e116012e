using Npgsql;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

/// <summary>A memory is stored whole or not at all, and what went wrong is said.</summary>
[Collection(PostgresTests.Name)]
public sealed class MemoryFailureTests(PostgresServer server) : IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData("Password", "secret-words", "refused user or password (28P01). Correct Stores:Postgres:ConnectionString.")]
    [InlineData("Database", "secret-words", "has no such database (3D000). Correct Stores:Postgres:ConnectionString.")]
    public async Task A_wrong_connection_is_named(string keyword, string value, string expected)
    {
        var database = new NpgsqlConnectionStringBuilder((await server.CreateDatabaseAsync()).ConnectionString) { [keyword] = value };
        var store = _stores.Open(database);

        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await store.InitializeAsync(Token));
        var diagnosis = await store.DiagnoseAsync(Token);

        Assert.EndsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-words", failure.Message, StringComparison.Ordinal);
        Assert.Equal((false, failure.Message), (diagnosis.Healthy, diagnosis.Finding));
    }

    [Fact]
    public async Task A_user_who_may_not_create_the_schema_is_told_what_to_grant_and_can_work_once_it_is_there()
    {
        var database = await server.CreateDatabaseAsync();
        await using var administrator = NpgsqlDataSource.Create(database);
        await ExecuteAsync(administrator, "DO $$ BEGIN CREATE ROLE keeper LOGIN PASSWORD 'keeper'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;");
        var keeper = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "keeper", Password = "keeper" };

        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _stores.Open(keeper).InitializeAsync(Token));
        Assert.Contains("(42501)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("GRANT CREATE ON DATABASE", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);

        await _stores.Open(database).InitializeAsync(Token);
        await ExecuteAsync(administrator, "GRANT USAGE ON SCHEMA recollect TO keeper; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA recollect TO keeper;");
        var store = _stores.Open(keeper);
        await store.InitializeAsync(Token);
        await store.UpsertAsync(MemoryRecords.Of("a"), [], Token);
        Assert.Equal(1, (await store.ForgetAsync(Owner.DefaultTenant, "u1", Token)).Memories);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_a_memory_leaves_the_one_before()
    {
        var database = await server.CreateDatabaseAsync();
        await using var administrator = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "administrator" });
        var store = _stores.Open(database);
        var before = MemoryRecords.Of("a", texts: ["before"]);
        await store.UpsertAsync(before, [], Token);
        await ExecuteAsync(administrator, """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
            CREATE TRIGGER fail BEFORE INSERT ON recollect.chunks FOR EACH ROW EXECUTE FUNCTION fail();
            """);

        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await store.UpsertAsync(MemoryRecords.Of("a", texts: ["after"]), [], Token));
        await ExecuteAsync(administrator, "DROP TRIGGER fail ON recollect.chunks");

        Assert.True(failure.IsTransient, failure.Message);
        MemoryRecordAssert.Same(before, Assert.Single(await store.GetAsync([before.Memory.Id], Token)));
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["after"]), [], Token);
        Assert.Equal("after", Assert.Single(await store.GetAsync([before.Memory.Id], Token)).Messages[0].Text);
    }

    [Fact]
    public async Task A_server_that_crashes_and_comes_back_has_what_was_stored()
    {
        await using var own = PostgresServer.OfItsOwn();
        var store = _stores.Open(await own.CreateDatabaseAsync());
        var record = MemoryRecords.Rich("a");
        await store.UpsertAsync(record, [], Token);

        await own.StopAsync(isCrash: true);
        Assert.True((await Assert.ThrowsAsync<MemoryStoreException>(async () => await store.GetAsync([record.Memory.Id], Token))).IsTransient);
        await own.StartAsync();

        MemoryRecordAssert.Same(record, Assert.Single(await store.GetAsync([record.Memory.Id], Token)));
    }

    [Fact]
    public async Task A_deadlock_may_pass_when_it_is_tried_again()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(database);
        await store.UpsertAsync(MemoryRecords.Of("a"), [], Token);
        await store.UpsertAsync(MemoryRecords.Of("b"), [], Token);
        await using var other = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c deadlock_timeout=1h" }); // so that the store finds it
        await using var connection = await other.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        string[] ids = [.. new[] { MemoryRecords.IdOf("a"), MemoryRecords.IdOf("b") }.Order(StringComparer.Ordinal)];
        await LockAsync(connection, ids[1]);

        var storing = StoreAsync(); // has the first and waits for the second
        await using var watch = other.CreateCommand("SELECT count(*) FROM pg_locks WHERE NOT granted");
        while ((long)(await watch.ExecuteScalarAsync(Token))! == 0)
        {
            await Task.Yield();
        }

        var locking = LockAsync(connection, ids[0]);
        var failure = await storing;
        await locking;
        await transaction.RollbackAsync(Token);

        Assert.Contains("(40P01)", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
        Assert.Equal(2, (await store.GetStatisticsAsync(Token)).Memories);
        await store.UpsertAsync(MemoryRecords.Of("c"), ids, Token);
        Assert.Equal(1, (await store.GetStatisticsAsync(Token)).Memories);

        Task<MemoryStoreException> StoreAsync() => Assert.ThrowsAsync<MemoryStoreException>(async () => await store.UpsertAsync(MemoryRecords.Of("c"), ids, Token));
    }

    [Fact]
    public async Task Memories_that_supersede_each_other_at_the_same_time_never_lock_each_other_out()
    {
        var store = await _stores.CreateAsync();
        string[] ids = [.. Enumerable.Range(0, 6).Select(number => MemoryRecords.IdOf($"n{number}"))];

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (number, token) =>
            await store.UpsertAsync(MemoryRecords.Of($"n{number % 6}"), number % 2 == 0 ? ids : [.. ids.Reverse()], token));

        var left = Assert.Single(await store.ExportAsync(Token).ToListAsync(Token));
        Assert.Contains(left.Memory.Id, ids, StringComparer.Ordinal);
        Assert.Equal((1, 2, 1), ((await store.GetStatisticsAsync(Token)).Memories, left.Messages.Count, left.Chunks.Count));
    }

    private static async Task LockAsync(NpgsqlConnection connection, string id)
    {
        await using var command = new NpgsqlCommand("SELECT FROM recollect.memories WHERE id = $1 FOR UPDATE", connection) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string statement)
    {
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }
}
