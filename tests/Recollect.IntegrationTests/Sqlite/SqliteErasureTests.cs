using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SqliteErasureTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteMemoryStores _memories = new();
    private readonly SqliteStateStores _states = new();

    public void Dispose()
    {
        _memories.Dispose();
        _states.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_forgotten_users_text_cannot_be_found_in_any_file()
    {
        var store = _memories.Open(_folder.Path);
        for (var number = 0; number < 300; number++)
        {
            await store.UpsertAsync(Secret($"secret{number}", "mallory", $"quixotic{number} zanzibar {new string('q', number * 20)} gondola{number}"), [], None);
            await store.UpsertAsync(Secret($"open{number}", "alice", $"ordinary{number} talk {new string('o', number * 10)}"), [], None);
        }

        await store.UpsertAsync(Secret("secret1", "mallory", "rewritten zanzibar"), [MemoryRecords.IdOf("secret2")], None);
        await store.DeleteAsync([MemoryRecords.IdOf("secret3")], None);
        Assert.NotEmpty(DatabaseFiles.Holding(_folder.Path, "zanzibar"));
        Assert.Equal(298, (await store.ForgetAsync(Owner.DefaultTenant, "mallory", None)).Memories);
        foreach (var trace in new[] { "zanzibar", "quixotic", "quixot", "gondola", "gondola7", "mallory", "qqqqqqqq" })
        {
            Assert.Empty(DatabaseFiles.Holding(_folder.Path, trace));
        }

        Assert.NotEmpty(DatabaseFiles.Holding(_folder.Path, "ordinary7"));
        Assert.Equal(900, (await store.SearchMessagesAsync(Visibility.Of(new() { User = "alice" }), ["talk"], 1_000, 2, None)).Messages.Count);
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task Forgetting_while_another_process_reads_says_so_and_is_completed_by_the_next_call()
    {
        var store = _memories.Open(_folder.Path);
        await store.UpsertAsync(Secret("a", "mallory", "zanzibar"), [], None);
        var reader = RawDatabase.Open(_folder.Path, "memories.db");
        try
        {
            reader.Run("BEGIN; SELECT count(*) FROM memories");
            var error = await Assert.ThrowsAsync<MemoryStoreException>(async () => await store.ForgetAsync(Owner.DefaultTenant, "mallory", None));
            Assert.True(error.IsTransient);
        }
        finally
        {
            reader.Dispose();
        }

        Assert.Equal(new ForgetCounts(0, 0, 0), await store.ForgetAsync(Owner.DefaultTenant, "mallory", None));
        Assert.Empty(DatabaseFiles.Holding(_folder.Path, "zanzibar"));
    }

    [Fact]
    public async Task A_forgotten_user_cannot_be_found_in_the_files_of_the_state()
    {
        var state = _states.Open(_folder.Path);
        for (var number = 0; number < 200; number++)
        {
            await state.Runs.AppendAsync([new("r1", $"c{number}", "default", number % 2 == 0 ? "mallory" : "alice", Outcomes.Created, null)], None);
        }

        Assert.Equal(100, await state.ForgetAsync("default", "mallory", None));
        Assert.Empty(DatabaseFiles.Holding(_folder.Path, "mallory"));
        Assert.Equal(100, (await state.Runs.GetEntriesAsync("r1", None)).Count);
    }

    private static MemoryRecord Secret(string name, string user, string text) =>
        MemoryRecords.Of(name, new() { User = user }, texts: [text, $"{text} again", "yes"], summary: $"About {text}.");
}
