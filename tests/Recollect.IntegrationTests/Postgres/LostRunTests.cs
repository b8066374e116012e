using Microsoft.Extensions.DependencyInjection;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Server;
using Recollect.IntegrationTests.Servers;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class LostRunTests(PostgresServer server) : IAsyncDisposable
{
    private readonly PostgresStateStores _stores = new(server);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_run_that_loses_its_lock_stops_and_writes_nothing_more()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(database.ConnectionString);
        var source = new PatientSource();
        await using var running = await RunningServer.StartAsync(change: services => services.AddSingleton<ISource>(source).AddSingleton<IStateStore>(store));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var run = running.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, new Begun(begun), CancellationToken.None);
        await begun.Task;
        await database.ExecuteAsync("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'recollect process %'");
        var failure = await Assert.ThrowsAsync<StateStoreException>(() => run);

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
