using System.Text;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Servers;
using Recollect.Text;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

/// <summary>Text that PostgreSQL refuses, and text that is meant to break a query.</summary>
[Collection(PostgresTests.Name)]
public sealed class HostileTextTests(PostgresServer server) : IAsyncDisposable
{
    private static readonly string[] Texts =
    [
        "a\0b", "\0", "\uD800", "x\uDC00y\uD83D", "\uDE00\uD83D", "\u0010", "\u00100000", "\u0010d800\0\u0010", "🦊👩‍👩‍👧", "‮שלום مرحبا", "'; DROP TABLE recollect.memories; --", "$1 $$ \\ \\0 \\u0000 {\"a\",NULL}",
    ];

    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Every_text_comes_back_exactly()
    {
        var store = await _stores.CreateAsync();
        foreach (var (number, text) in Texts.Index())
        {
            var plain = MemoryRecords.Of($"n{number}", new Owner { User = $"u{number}{text}" }, texts: [text, "plain"], source: $"s{text}", thread: $"t{text}", summary: text);
            var record = plain with { Memory = plain.Memory with { Title = text, Content = text, Data = text, Fingerprint = plain.Memory.Fingerprint with { ContentHash = text, MadeBy = text } } };

            await store.UpsertAsync(record, [], Token);

            MemoryRecordAssert.Same(record, Assert.Single(await store.GetAsync([record.Memory.Id], Token)));
            Assert.Single(await store.GetHeadersOfSourceAsync($"s{text}", Token).ToListAsync(Token));
            Assert.Single(await store.SearchAsync(record.Memory.Owner.Visibility, record.Chunks[0].Vector, 5, Token));
        }

        Assert.Equal(Texts.Length, (await store.GetStatisticsAsync(Token)).MemoriesByMadeBy.Count);
    }

    [Fact]
    public async Task Every_text_is_an_id_that_is_not_stored()
    {
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), Texts, Token);

        Assert.Empty(await store.GetAsync(Texts, Token));
        Assert.Equal(0, await store.DeleteAsync(Texts, Token));
        foreach (var text in Texts)
        {
            Assert.Empty(await store.GetHeadersOfSourceAsync(text, Token).ToListAsync(Token));
            Assert.Equal(0, (await store.ForgetAsync(text, text, Token)).Memories);
            Assert.Empty((await store.SearchMessagesAsync(MemoryRecords.Of("a").Memory.Owner.Visibility, [text], 5, 2, Token)).Messages);
        }

        Assert.Equal(1, (await store.GetStatisticsAsync(Token)).Memories);
    }

    [Fact]
    public async Task A_message_of_ten_megabytes_of_different_words_is_kept_and_found_by_the_first()
    {
        var store = await _stores.CreateAsync();
        var text = new StringBuilder("sycamore");
        for (var number = 0; text.Length < 10_000_000; number++)
        {
            text.Append(" w").Append(number);
        }

        var record = MemoryRecords.Of("large", texts: [text.ToString(), "small"], summary: text.ToString());
        await store.UpsertAsync(record, [], Token);

        MemoryRecordAssert.Same(record, Assert.Single(await store.GetAsync([record.Memory.Id], Token)));
        foreach (var word in new[] { "sycamore", "w17", "w40000" })
        {
            Assert.Equal(record.Memory.Id, (await store.SearchMessagesAsync(record.Memory.Owner.Visibility, [SearchText.Terms(word)], 1, 2, Token)).Messages[0].MemoryId);
            Assert.Single(await store.SearchMemoriesAsync(record.Memory.Owner.Visibility, [SearchText.Terms(word)], 1, Token));
        }
    }

    [Fact]
    public async Task A_memory_that_is_stored_again_as_it_is_changes_nothing_that_can_be_seen()
    {
        var store = await _stores.CreateAsync();
        var record = MemoryRecords.Rich("a");
        await store.UpsertAsync(record, [], Token);
        var before = await store.GetStatisticsAsync(Token);

        await store.UpsertAsync(record, [], Token);

        MemoryRecordAssert.Same(record, Assert.Single(await store.GetAsync([record.Memory.Id], Token)));
        var after = await store.GetStatisticsAsync(Token);
        Assert.Equal((before.Memories, before.Messages, before.Chunks), (after.Memories, after.Messages, after.Chunks));
    }
}
