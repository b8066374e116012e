using Recollect.Conformance;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.State;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SqliteFilesTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Visibility Mine = Visibility.Of(new() { User = "u1" });

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteMemoryStores _memories = new();
    private readonly SqliteStateStores _states = new();

    private string Root => Path.Combine(_folder.Path, "data");

    public void Dispose()
    {
        _memories.Dispose();
        _states.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_are_for_their_user_only()
    {
        await _memories.Open(Root).UpsertAsync(MemoryRecords.Of("a"), [], None);
        var state = _states.Open(Root);
        await using var lease = await state.Leases.TryAcquireAsync("run", None);
        await state.Watermarks.AdvanceAsync("s", DateTimeOffset.UnixEpoch, None);
        var files = Directory.GetFiles(Root, "*.db*");
        Assert.Equal(6, files.Length);
        if (!OperatingSystem.IsWindows()) // which has other rights
        {
            Assert.Equal(Enumerable.Repeat(UnixFileMode.UserRead | UnixFileMode.UserWrite, 6), files.Select(File.GetUnixFileMode));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Root));
        }
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        await CloseAsync(_memories.Open(Root));
        using (var raw = RawDatabase.Open(Root, "memories.db"))
        {
            raw.Run("PRAGMA user_version=99");
        }

        var error = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _memories.Open(Root).InitializeAsync(None));
        Assert.Contains("Upgrade Recollect", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        var diagnosis = await _memories.Open(Root).DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.StartsWith("Upgrade", diagnosis.Advice, StringComparison.Ordinal);
        using (var raw = RawDatabase.Open(Root, "memories.db"))
        {
            Assert.Equal(99, raw.Number("PRAGMA user_version"));
        }

        await CloseAsync(_states.Open(Root));
        using (var raw = RawDatabase.Open(Root, "state.db"))
        {
            raw.Run("PRAGMA user_version=99");
        }

        await Assert.ThrowsAsync<StateStoreException>(async () => await _states.Open(Root).InitializeAsync(None));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_file_as_it_was()
    {
        Directory.CreateDirectory(Root);
        await File.WriteAllBytesAsync(Path.Combine(Root, "memories.db"), [], None);
        await CloseAsync(_states.Open(Root)); // binds the library
        using (var raw = RawDatabase.Open(Root, "memories.db"))
        {
            raw.Run("CREATE TABLE messages(x)");
        }

        await Assert.ThrowsAsync<MemoryStoreException>(async () => await _memories.Open(Root).InitializeAsync(None));
        using (var raw = RawDatabase.Open(Root, "memories.db"))
        {
            Assert.Equal(1, raw.Number("SELECT count(*) FROM sqlite_master"));
            Assert.Equal(0, raw.Number("PRAGMA user_version"));
            raw.Run("DROP TABLE messages");
        }

        await _memories.Open(Root).UpsertAsync(MemoryRecords.Of("a"), [], None);
    }

    [Fact]
    public async Task A_damaged_file_is_found_and_told_how_to_mend()
    {
        var store = _memories.Open(Root);
        for (var number = 0; number < 50; number++)
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", texts: [new string('x', 3_000)]), [], None);
        }

        store.Dispose();
        DatabaseFiles.Damage(Path.Combine(Root, "memories.db"));
        var diagnosis = await _memories.Open(Root).DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.Contains("recollect backfill", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        Directory.CreateDirectory(Root);
        await File.WriteAllTextAsync(Path.Combine(Root, "memories.db"), new string('x', 5_000), None);
        var error = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _memories.Open(Root).GetStatisticsAsync(None));
        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(Root, "a file", None);
        var error = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _memories.Open(Root).InitializeAsync(None));
        Assert.Contains(Root, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StateStoreException>(async () => await _states.Open(Root).Leases.TryAcquireAsync("run", None));
    }

    [Fact]
    public async Task An_index_that_lacks_an_entry_is_found()
    {
        var store = _memories.Open(Root);
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        using (var raw = RawDatabase.Open(Root, "memories.db"))
        {
            raw.Run("UPDATE messages SET text = 'something else altogether'");
        }

        Assert.False((await store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task A_full_disk_refuses_the_memory_says_what_to_do_and_leaves_nothing_half_written()
    {
        var store = _memories.Open(Root);
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        await store.Database.AloneAsync(session => session.Query("PRAGMA max_page_count=100").Number(), None);
        var error = await Assert.ThrowsAsync<MemoryStoreException>(async () =>
        {
            for (var number = 0; number < 1_000; number++)
            {
                await store.UpsertAsync(MemoryRecords.Of($"n{number}", texts: [new string('x', 2_000), $"word{number}"]), [MemoryRecords.IdOf("none")], None);
            }
        });
        Assert.Contains("Free some space", error.Message, StringComparison.Ordinal);
        await store.Database.AloneAsync(session => session.Query("PRAGMA max_page_count=1000000").Number(), None);
        var statistics = await store.GetStatisticsAsync(None);
        Assert.Equal(statistics.Memories * 2, statistics.Messages);
        Assert.Equal(statistics.Memories, statistics.Chunks);
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
        await store.UpsertAsync(MemoryRecords.Of("z", texts: [new string('x', 2_000)]), [], None);
    }

    [Fact]
    public async Task A_transaction_of_another_process_that_dies_leaves_nothing_and_readers_go_on_meanwhile()
    {
        var store = _memories.Open(Root);
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        using (var other = RawDatabase.Open(Root, "memories.db"))
        {
            other.Run("BEGIN IMMEDIATE; DELETE FROM chunks; DELETE FROM memories");
            Assert.Single(await store.SearchAsync(Mine, MemoryRecords.Vector("a"), 5, None));
            Assert.NotEmpty((await store.SearchMessagesAsync(Mine, ["answer"], 1, 2, None)).Messages);
        }

        MemoryRecordAssert.Same(MemoryRecords.Of("a"), Assert.Single(await store.GetAsync([MemoryRecords.IdOf("a")], None)));
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task Many_may_create_and_write_the_same_files_at_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => _memories.Open(Root)).ToArray();
        await Parallel.ForEachAsync(stores.Index(), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (item, token) =>
        {
            for (var number = 0; number < 5; number++)
            {
                await item.Item.UpsertAsync(MemoryRecords.Of($"n{item.Index}/{number}"), [], token);
            }
        });
        Assert.Equal(30, (await stores[0].GetStatisticsAsync(None)).Memories);
        Assert.True((await stores[1].DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task What_one_store_writes_another_on_the_same_files_sees_at_once()
    {
        var (writer, reader) = (_memories.Open(Root), _memories.Open(Root));
        for (var number = 0; number < 20; number++)
        {
            await writer.UpsertAsync(MemoryRecords.Of($"n{number}"), [], None);
            Assert.Equal(number + 1, (await reader.SearchAsync(Mine, MemoryRecords.Vector("q"), 100, None)).Count);
            await reader.UpsertAsync(MemoryRecords.Of($"n{number}"), [], None);
        }

        await writer.DeleteAsync([MemoryRecords.IdOf("n3")], None);
        Assert.DoesNotContain(await reader.SearchAsync(Mine, MemoryRecords.Vector("q"), 100, None), match => string.Equals(match.MemoryId, MemoryRecords.IdOf("n3"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        var (store, state) = (_memories.Open(Root), _states.Open(Root));
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        PendingConversation pending = new() { ConversationId = "c", Source = "s", Tenant = "t", User = "u", Status = PendingStatus.Open, ContentHash = "" };
        OutboxEntry owed = new("webhook", "k", "m", "t", "u");
        Tombstone tombstone = new("t", "x", DateTimeOffset.UnixEpoch);
        async Task SayItAllAsync()
        {
            await state.Pending.SaveAsync([pending], None);
            await state.Outbox.EnqueueAsync(owed, None);
            await state.Tombstones.AddAsync(tombstone, None);
            await state.Watermarks.AdvanceAsync("s", DateTimeOffset.UnixEpoch, None);
            await state.PaidEmbeddings.KeepAsync(new("c", "t", "u"), new Dictionary<string, ReadOnlyMemory<float>>(StringComparer.Ordinal) { ["k"] = new float[] { 1 } }, None);
        }

        await SayItAllAsync();
        var before = DatabaseFiles.Fingerprint(Root);
        await SayItAllAsync();
        await state.Pending.RemoveAsync(["unknown"], None);
        await state.Outbox.RemoveAsync("webhook", "unknown", None);
        await state.PaidEmbeddings.DropAsync("unknown", None);
        await state.ForgetAsync("t", "unknown", None);
        await state.InitializeAsync(None);
        await store.InitializeAsync(None);
        await store.DeleteAsync(["unknown"], None);
        await store.ForgetAsync("t", "unknown", None);
        _ = await store.SearchMessagesAsync(Mine, ["question"], 5, 2, None);
        _ = await store.GetStatisticsAsync(None);
        Assert.Equal(before, DatabaseFiles.Fingerprint(Root));
    }

    private static async Task CloseAsync(SqliteMemoryStore store)
    {
        await store.InitializeAsync(None);
        store.Dispose();
    }

    private static async Task CloseAsync(SqliteStateStore store)
    {
        await store.InitializeAsync(None);
        store.Dispose();
    }
}
