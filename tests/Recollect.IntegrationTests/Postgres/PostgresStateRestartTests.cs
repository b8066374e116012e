using Recollect.IntegrationTests.Servers;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

/// <summary>What the state store does when its server is restarted.</summary>
public sealed class PostgresStateRestartTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly PostgresServer _server = PostgresServer.OfItsOwn();
    private readonly PostgresStateStores _stores;

    public PostgresStateRestartTests() => _stores = new(_server);

    public async ValueTask DisposeAsync()
    {
        await _stores.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_away_may_come_back_with_everything(bool isCrash)
    {
        var store = await _stores.CreateAsync();
        OutboxEntry entry = new("webhook", "k", "m", "default", "u1");
        await store.Outbox.EnqueueAsync(entry, None);
        await store.Claims.ClaimAsync("files", ["a"], "w1", TimeSpan.FromHours(1), None);
        var lease = await store.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(lease);

        await _server.StopAsync(isCrash);
        Assert.True(await FailsTransientlyAsync(() => store.Outbox.ListAsync("webhook", None).AsTask()));
        Assert.True(await FailsTransientlyAsync(() => store.Outbox.ListAsync("webhook", None).AsTask()));
        Assert.True(await FailsTransientlyAsync(() => store.Leases.TryAcquireAsync("run", None).AsTask()));
        Assert.Contains("nothing listens there", (await store.DiagnoseAsync(None)).Finding, StringComparison.Ordinal);
        await _server.StartAsync();

        Assert.Equal([entry], await store.Outbox.ListAsync("webhook", None));
        Assert.Empty(await store.Claims.ClaimAsync("files", ["a"], "w2", TimeSpan.FromHours(1), None));
        await using var next = await store.Leases.TryAcquireAsync("run", None);
        Assert.NotNull(next);
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task A_restart_between_calls_costs_one_call_at_the_most()
    {
        var store = await _stores.CreateAsync();
        await store.Watermarks.AdvanceAsync("files", DateTimeOffset.UnixEpoch, None);
        for (var round = 1; round <= 3; round++)
        {
            await _server.RestartAsync(isCrash: round == 3);
            _ = await FailsTransientlyAsync(() => store.Watermarks.AdvanceAsync("files", DateTimeOffset.UnixEpoch.AddDays(round), None).AsTask());
            await store.Watermarks.AdvanceAsync("files", DateTimeOffset.UnixEpoch.AddDays(round), None);
            Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(round), await store.Watermarks.GetAsync("files", None));
        }
    }

    /// <summary>Tells whether a call fails; a failure must be one that may pass.</summary>
    private static async Task<bool> FailsTransientlyAsync(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (StateStoreException ex)
        {
            Assert.True(ex.IsTransient, ex.Message);
            return true;
        }
    }
}
