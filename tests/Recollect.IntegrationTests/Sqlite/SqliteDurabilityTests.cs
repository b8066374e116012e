using Recollect.Connectors.Sqlite;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>Which changes wait for the disk.</summary>
public sealed class SqliteDurabilityTests : IDisposable
{
    private const long Normal = 1; // what SQLite calls the levels
    private const long Full = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteDurabilityTests() => _database = new(
        new() { FileName = "one.db", Synchronous = "FULL", PageSize = 4096, Migrations = ["CREATE TABLE things(id INTEGER);"], Repair = "Mend it.", Fail = static (message, isTransient, cause) => new StateStoreException(message, isTransient, cause) },
        _folder.Path);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_change_that_does_not_wait_for_the_disk_lets_the_next_one_wait_again()
    {
        Assert.Equal(Full, await _database.WriteAsync(Level, CancellationToken.None));
        Assert.Equal(Normal, await _database.WriteLazilyAsync(Level, CancellationToken.None));
        await Assert.ThrowsAsync<StateStoreException>(async () => await _database.WriteLazilyAsync(session => session.Query("INSERT INTO nowhere VALUES (1)").Run(), CancellationToken.None));
        Assert.Equal(Full, await _database.WriteAsync(Level, CancellationToken.None));
        await _database.WriteLazilyAsync(Level, CancellationToken.None);
        Assert.Equal(Full, await _database.AloneAsync(Level, CancellationToken.None));
    }

    private static long? Level(SqliteSession session) => session.Query("PRAGMA synchronous").Number();
}
