using Npgsql;
using Recollect.Connectors.Postgres.State;
using Recollect.IntegrationTests.Servers;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

/// <summary>What the state store does when the database refuses, is busy, or goes away.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresStateFailureTests(PostgresServer server) : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly PostgresStateStores _stores = new(server);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_wrong_password_is_named_and_not_repeated()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "secret-words" }.ConnectionString);

        var failure = await Assert.ThrowsAsync<StateStoreException>(async () => await store.InitializeAsync(None));
        var held = await Assert.ThrowsAsync<StateStoreException>(async () => await store.Leases.TryAcquireAsync("run", None));
        var diagnosis = await store.DiagnoseAsync(None);

        Assert.Equal($"PostgreSQL at {database.Host}:{database.Port} refused user or password (28P01). Correct State:Postgres:ConnectionString.", failure.Message);
        Assert.Equal((failure.Message, false, false), (held.Message, held.IsTransient, failure.IsTransient));
        Assert.Equal((false, failure.Message), (diagnosis.Healthy, diagnosis.Finding));
        Assert.DoesNotContain("secret-words", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_rights_is_told_what_to_grant()
    {
        var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("DO $$ BEGIN CREATE ROLE recollect_keeper LOGIN PASSWORD 'keeper'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        var keeper = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "recollect_keeper", Password = "keeper" }.ConnectionString;

        var refused = await Assert.ThrowsAsync<StateStoreException>(async () => await _stores.Open(keeper).InitializeAsync(None));
        await _stores.Open(database.ConnectionString).InitializeAsync(None);
        var hidden = await _stores.Open(keeper).DiagnoseAsync(None);
        await database.ExecuteAsync("GRANT USAGE ON SCHEMA recollect TO recollect_keeper; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA recollect TO recollect_keeper");
        var partly = await _stores.Open(keeper).DiagnoseAsync(None);
        await database.ExecuteAsync("GRANT DELETE ON ALL TABLES IN SCHEMA recollect TO recollect_keeper");
        var allowed = _stores.Open(keeper);

        Assert.Contains("GRANT CREATE ON DATABASE", refused.Message, StringComparison.Ordinal);
        Assert.Contains("USAGE ON SCHEMA recollect", hidden.Finding, StringComparison.Ordinal);
        Assert.Equal((false, false, false), (refused.IsTransient, hidden.Healthy, partly.Healthy));
        Assert.Contains("DELETE ON recollect.claims", partly.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", partly.Advice, StringComparison.Ordinal);
        Assert.True((await allowed.DiagnoseAsync(None)).Healthy);
        await allowed.Outbox.EnqueueAsync(new("webhook", "k", "m", "default", "u1"), None);
        Assert.Equal(1, await allowed.ForgetAsync("default", "u1", None));
    }

    [Fact]
    public async Task What_a_newer_version_wrote_is_left_alone()
    {
        var database = await server.CreateDatabaseAsync();
        await _stores.Open(database.ConnectionString).InitializeAsync(None);
        await database.ExecuteAsync("UPDATE recollect.schema_versions SET version = 99 WHERE part = 'state'");

        var failure = await Assert.ThrowsAsync<StateStoreException>(async () => await _stores.Open(database.ConnectionString).Runs.ListAsync(1, None));

        Assert.False(failure.IsTransient);
        Assert.Contains("newer version of Recollect (99; this one knows 2)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_that_begin_at_once_on_an_empty_database_make_the_schema_once()
    {
        var database = await server.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
            await _stores.Open(database.ConnectionString).Watermarks.AdvanceAsync($"s{number}", DateTimeOffset.UnixEpoch, None))));

        Assert.Equal("8", await database.ReadAsync("SELECT count(*)::text FROM recollect.watermarks"));
        Assert.Equal("2", await database.ReadAsync("SELECT string_agg(version::text, ',') FROM recollect.schema_versions WHERE part = 'state'"));
    }

    [Fact]
    public async Task A_full_pool_may_pass_and_a_lock_takes_no_place_in_it()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open($"{database.ConnectionString};Maximum Pool Size=1;Timeout=1");
        await store.InitializeAsync(None);
        await using var lease = await store.Leases.TryAcquireAsync("run", None);
        await using var blocker = new NpgsqlConnection(database.ConnectionString);
        await blocker.OpenAsync(None);
        await using var transaction = await blocker.BeginTransactionAsync(None);
        await using (var command = new NpgsqlCommand("LOCK TABLE recollect.outbox", blocker))
        {
            await command.ExecuteNonQueryAsync(None);
        }

        var waiting = store.Outbox.ListAsync("webhook", None).AsTask();
        var failure = await Assert.ThrowsAsync<StateStoreException>(async () => await store.Runs.ListAsync(1, None));
        await transaction.RollbackAsync(None);

        Assert.True(failure.IsTransient);
        Assert.Empty(await waiting);
        Assert.Empty(await store.Runs.ListAsync(1, None));
        Assert.NotNull(lease);
    }

    [Fact]
    public async Task A_lock_holds_between_hosts_and_says_who_has_it()
    {
        var database = await server.CreateDatabaseAsync();
        var (one, other) = (_stores.Open(database.ConnectionString), _stores.Open(database.ConnectionString));

        var lease = await one.Leases.TryAcquireAsync("run", None);

        Assert.NotNull(lease);
        Assert.Null(await other.Leases.TryAcquireAsync("run", None));
        Assert.Matches($@"^process {Environment.ProcessId} on \S+ since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC$", await other.Leases.DescribeHolderAsync("run", None));
        await lease.DisposeAsync();
        Assert.Null(await other.Leases.DescribeHolderAsync("run", None));
        await using var next = await other.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_lock_holds_behind_a_pooler_that_hands_out_transactions()
    {
        var database = await server.CreateDatabaseAsync();
        await using var pooler = await PgBouncer.StartAsync(database, connections: 3);
        await using var one = _stores.Open(pooler.Connection);
        await using var other = _stores.Open(pooler.Connection);
        await one.InitializeAsync(None);

        var lease = await one.Leases.TryAcquireAsync("run", None);

        Assert.NotNull(lease);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(async () =>
        {
            await other.Watermarks.AdvanceAsync($"s{number}", DateTimeOffset.UnixEpoch, None);
            Assert.Null(await other.Leases.TryAcquireAsync("run", None));
        })));
        Assert.StartsWith("process ", await other.Leases.DescribeHolderAsync("run", None), StringComparison.Ordinal);
        Assert.Contains("A pooler stands between", (await one.DiagnoseAsync(None)).Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("pooler", (await _stores.Open(database.ConnectionString).DiagnoseAsync(None)).Advice ?? string.Empty, StringComparison.Ordinal);
        await lease.DisposeAsync();
        await using var next = await other.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_lock_whose_connection_breaks_is_free_and_its_holder_is_told()
    {
        var database = await server.CreateDatabaseAsync();
        var (one, other) = (_stores.Open(database.ConnectionString), _stores.Open(database.ConnectionString));
        var lease = await one.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(lease);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Lost.Register(told.SetResult);
        Assert.False(lease.Lost.IsCancellationRequested);

        await EndHoldersAsync(database);
        await told.Task;

        await using var next = await other.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(next);
        await lease.DisposeAsync();
        Assert.Null(await one.Leases.TryAcquireAsync("run", None));
    }

    [Fact]
    public async Task Giving_back_a_lock_that_was_lost_unnoticed_does_not_fail()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(database.ConnectionString);
        var lease = await store.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(lease);
        await EndHoldersAsync(database);

        await lease.DisposeAsync();

        await using var next = await store.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task What_is_said_again_writes_nothing()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(database.ConnectionString);
        await SayAsync(store);
        var before = await RowsAsync(database);

        await SayAsync(store);

        Assert.Equal(before, await RowsAsync(database));
    }

    private static Task EndHoldersAsync(NpgsqlConnectionStringBuilder database) => database.ExecuteAsync(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'recollect process %'");

    private static async Task SayAsync(PostgresStateStore store)
    {
        var moment = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero).AddTicks(7);
        QueuedConversation queued = new() { Source = "files", Thread = "a", Tenant = "default", User = "u1", UpdatedAt = moment, DueAt = moment };
        await store.Runs.SaveAsync(new() { Id = "r1", Mode = Recollect.Runs.RunMode.Nightly, Source = "files", StartedAt = moment, Status = Recollect.Runs.RunStatus.Completed }, None);
        await store.Runs.AppendAsync([new("r1", "c1", "default", "u1", "created", null), new("r1", "c2", "default", "u1", "failed", "store")], None);
        await store.Pending.SaveAsync([new() { ConversationId = "c1", Source = "files", Tenant = "default", User = "u1", Status = PendingStatus.Open, ContentHash = "", NextTryAt = moment }], None);
        await store.Pending.RemoveAsync(["unknown"], None);
        await store.Watermarks.AdvanceAsync("files", moment, None);
        await store.Outbox.EnqueueAsync(new("webhook", "k", "m", "default", "u1"), None);
        await store.Outbox.RemoveAsync("webhook", "unknown", None);
        await store.Tombstones.AddAsync(new("default", "u2", moment), None);
        await store.Edits.AddAsync(new() { ThreadId = "t", At = moment, Tenant = "default", User = "u1", By = "ann", Kind = MemoryEditKind.Deleted, Fact = "The cat is grey." }, None);
        await store.PaidEmbeddings.KeepAsync(new("c1", "default", "u1"), new Dictionary<string, ReadOnlyMemory<float>>(StringComparer.Ordinal) { ["a"] = new float[] { 1, -0f } }, None);
        await store.PaidWritings.KeepAsync(new("c1", "default", "u1"), "k", "{}", None);
        await store.Queued.NoteAsync([queued, queued with { Thread = "b" }], None);
        await store.Queued.FinishAsync([queued with { Thread = "b" }], None);
        await store.Queued.UnsendAsync("files", ["a"], None);
        await store.Queued.PostponeAsync([queued], None);
        await store.Queued.DropDoneAsync("files", moment, None);
        await store.Queued.TakeDueAsync("files", moment.AddDays(-1), moment, 5, None);
        await store.Claims.RenewAsync("nobody", TimeSpan.FromMinutes(1), None);
        await store.Claims.ReleaseAsync("files", ["a"], "nobody", None);
        Assert.Equal(0, await store.ForgetAsync("default", "nobody", None));
    }

    /// <summary>Gets where every row lies, and the transactions that wrote and locked it.</summary>
    private static async Task<string> RowsAsync(NpgsqlConnectionStringBuilder database)
    {
        var rows = new List<string>();
        foreach (var table in PostgresStateStore.Tables)
        {
            var found = await database.ReadAsync($"SELECT coalesce(string_agg(concat_ws('/', ctid, xmin, xmax), ' ' ORDER BY ctid), '') FROM recollect.{table}");
            Assert.Equal(table is "claims", found.Length == 0);
            rows.Add($"{table}: {found}");
        }

        return string.Join('\n', rows);
    }
}
