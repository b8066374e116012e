using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Connectors.Sqlite.State;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SqliteClaimsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_claim_that_is_not_renewed_ends_at_its_moment()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime(new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
        using var one = new SqliteStateStore(Options.Create(new DataOptions { Root = folder.Path }), time);
        using var other = new SqliteStateStore(Options.Create(new DataOptions { Root = folder.Path }), time);
        await one.Claims.ClaimAsync("files", ["a", "b"], "w1", TimeSpan.FromMinutes(1), None);
        time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.Empty(await other.Claims.ClaimAsync("files", ["a", "b"], "w2", TimeSpan.FromMinutes(1), None));
        Assert.Equal(2, await one.Claims.RenewAsync("w1", TimeSpan.FromMinutes(1), None));
        time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.Empty(await other.Claims.ClaimAsync("files", ["a"], "w2", TimeSpan.FromMinutes(1), None));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["a"], await other.Claims.ClaimAsync("files", ["a"], "w2", TimeSpan.FromMinutes(1), None), StringComparer.Ordinal);
        Assert.Equal(1, await one.Claims.RenewAsync("w1", TimeSpan.FromMinutes(1), None));
        Assert.Empty(await other.Claims.ClaimAsync("files", ["b"], "w2", TimeSpan.FromMinutes(1), None));
    }
}
