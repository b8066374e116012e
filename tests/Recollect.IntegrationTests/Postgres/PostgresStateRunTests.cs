using Microsoft.Extensions.DependencyInjection;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Server;
using Recollect.IntegrationTests.Servers;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

/// <summary>Runs whose state lies in PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresStateRunTests(PostgresServer server) : IAsyncDisposable
{
    private readonly PostgresStateStores _stores = new(server);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Configuration_chooses_it_and_a_second_run_changes_nothing()
    {
        var database = await server.CreateDatabaseAsync();
        await using var running = await RunningServer.WithMemoriesAsync([new("State:Use", "postgres"), new("State:Postgres:ConnectionString", database.ConnectionString)]);
        var state = running.Services.GetRequiredService<IStateStore>();

        var report = await running.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);

        Assert.Equal(("postgres", 0, report.Read), (state.Name, report.Created, report.Unchanged));
        Assert.Equal(2, (await state.Runs.ListAsync(5, CancellationToken.None)).Count);
        Assert.Equal("6", await database.ReadAsync("SELECT count(*)::text FROM recollect.run_entries WHERE outcome = 'created'"));
        Assert.NotNull(await state.Watermarks.GetAsync("files", CancellationToken.None));
        Assert.True((await state.DiagnoseAsync(CancellationToken.None)).Healthy);
    }

    [Fact]
    public async Task A_run_that_loses_its_lock_stops_and_writes_nothing_more()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(database.ConnectionString);
        var source = new PatientSource();
        await using var running = await RunningServer.StartAsync(change: services => services.AddSingleton<ISource>(source).AddSingleton<IStateStore>(store));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var stopped = Assert.ThrowsAsync<StateStoreException>(() =>
            running.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, new Begun(begun), CancellationToken.None));
        await begun.Task;
        await database.ExecuteAsync("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'recollect process %'");
        var failure = await stopped;

        Assert.True(failure.IsTransient);
        Assert.Contains("lock of this run was lost", failure.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Running, Assert.Single(await store.Runs.ListAsync(5, CancellationToken.None)).Status);
        source.LetGo();
        var report = await running.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);
        Assert.Equal(1, report.Created);
    }

    private sealed class Begun(TaskCompletionSource begun) : IProgress<RunLedger>
    {
        public void Report(RunLedger value) => begun.TrySetResult();
    }
}
