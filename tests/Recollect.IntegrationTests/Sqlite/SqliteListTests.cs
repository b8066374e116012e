using Recollect.Conformance;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Conversations;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>A page of a list is read from an index, which files of before get when they are opened.</summary>
public sealed class SqliteListTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteMemoryStores _stores = new();

    public void Dispose()
    {
        _stores.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_page_is_read_from_an_index_in_its_order()
    {
        var store = await _stores.CreateAsync();

        var plan = await store.Database.ReadAsync(
            static session =>
            {
                using var row = session.Query($"EXPLAIN QUERY PLAN {MemoryColumns.Listed}").With(1).With(long.MaxValue).With(string.Empty).With(50);
                return row.List(static step => step.Text(3));
            },
            None);

        Assert.Equal("SEARCH m USING INDEX memories_listed (partition_id=? AND (ended_at,id)<(?,?))", Assert.Single(plan)); // no step that sorts
    }

    [Fact]
    public async Task A_file_of_the_version_before_is_brought_up_to_date()
    {
        using (var before = _stores.Open(_folder.Path))
        {
            await before.UpsertAsync(MemoryRecords.Of("a"), [], None);
        }

        using (var raw = RawDatabase.Open(_folder.Path, "memories.db"))
        {
            raw.Run("DROP INDEX memories_listed; CREATE INDEX memories_by_partition ON memories(partition_id)");
            raw.Run("ALTER TABLE partitions DROP COLUMN last_chunk; DROP INDEX journal_removals; ALTER TABLE journal DROP COLUMN partition_id; DROP TABLE identity; DROP INDEX memories_by_end; DROP INDEX memories_by_making; DROP INDEX memories_by_owner; CREATE INDEX memories_by_user ON memories(tenant, user); PRAGMA user_version=1");
        }

        var store = _stores.Open(_folder.Path);
        await store.InitializeAsync(None);

        Assert.Equal(MemoryRecords.IdOf("a"), Assert.Single(await store.ListAsync(Visibility.Of(new() { User = "u1" }), after: null, 10, None)).Id);
        using (var raw = RawDatabase.Open(_folder.Path, "memories.db"))
        {
            Assert.Equal(4, raw.Number("PRAGMA user_version"));
            Assert.Equal(1, raw.Number("SELECT last_chunk FROM partitions"));
            Assert.Equal(16, raw.Number("SELECT length(id) FROM identity"));
            Assert.Equal(1, raw.Number("SELECT count(*) FROM sqlite_master WHERE name IN ('memories_listed', 'memories_by_partition')"));
        }
    }
}
