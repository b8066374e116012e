using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <content>Listing, page by page.</content>
public abstract partial class MemoryStoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_list_begins_with_what_ended_last_and_orders_equal_times_by_id()
    {
        var store = await CreateAsync();
        await StoreAsync(store, ("b", Noon), ("old", Noon.AddDays(-1)), ("a", Noon), ("new", Noon.AddTicks(1)), ("c", Noon));

        var listed = await store.ListAsync(Of("u1"), after: null, 10, None);

        Assert.Equal(["new", "c", "b", "a", "old"], listed.Select(memory => memory.Id), StringComparer.Ordinal);
        Assert.Equal([Noon.AddTicks(1), Noon, Noon, Noon, Noon.AddDays(-1)], listed.Select(memory => memory.EndedAt));
    }

    [Fact]
    public async Task A_listed_memory_has_every_field_as_it_was_stored()
    {
        var store = await CreateAsync();
        var (rich, plain) = (MemoryRecords.Rich("rich"), MemoryRecords.Of("plain"));
        await store.UpsertAsync(rich, [], None);
        await store.UpsertAsync(plain, [], None);
        foreach (var expected in new[] { rich.Memory, plain.Memory })
        {
            var actual = Assert.Single(await store.ListAsync(expected.Owner.Visibility, after: null, 10, None));
            Assert.Equal((expected.Id, expected.Thread, expected.StartedAt, expected.EndedAt), (actual.Id, actual.Thread, actual.StartedAt, actual.EndedAt));
            Assert.Equal((expected.Title, expected.Summary, expected.Owner.User), (actual.Title, actual.Summary, actual.Thread.Owner.User));
            Assert.Equal(expected.Topics, actual.Topics, StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_holds_nothing_of_others()
    {
        var store = await CreateAsync();
        Owner[] owners =
        [
            new() { User = "u1" }, new() { User = "U1" }, new() { User = "u1 " }, new() { User = "u2" }, new() { User = "u1", Tenant = "t2" },
            new() { User = "u1", Scope = "ministry" }, new() { User = "u2", Scope = "ministry" }, new() { User = "u1", Scope = "ministry", Tenant = "t2" },
        ];
        foreach (var (number, owner) in owners.Index())
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", owner), [], None);
        }

        foreach (var owner in owners)
        {
            var expected = owners.Index().Where(other => other.Item.Visibility == owner.Visibility).Select(other => $"n{other.Index}");
            Assert.Equal(Ids(expected), (await PagesAsync(store, owner.Visibility, 1)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }

        Assert.Empty(await store.ListAsync(Of("%"), after: null, 10, None));
        Assert.Empty(await store.ListAsync(default, after: null, 10, None));
        var others = Assert.Single(await store.ListAsync(Of("u2"), after: null, 10, None)).Place;
        Assert.Empty(await store.ListAsync(Of("u2"), others, 10, None));
        Assert.All(await store.ListAsync(Of("u1"), others, 10, None), memory => Assert.Equal("u1", memory.Thread.Owner.User)); // a place names no owner
    }

    [Fact]
    public async Task Pages_of_any_size_join_without_gap_or_repetition_however_many_ended_at_once()
    {
        var store = await CreateAsync();
        await StoreAsync(store, [.. Enumerable.Range(0, 90).Select(number => ($"n{number:00}", Noon.AddSeconds(number / 40)))]);
        string[] expected = [.. Enumerable.Range(0, 90).OrderByDescending(number => number / 40).ThenByDescending(number => number).Select(number => $"n{number:00}")];
        foreach (var size in new[] { 1, 7, 32, 33, 40, 90, 91, 1_000 })
        {
            Assert.Equal(expected, await PagesAsync(store, Of("u1"), size), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task A_place_stays_where_it_is_when_memories_come_and_go()
    {
        var store = await CreateAsync();
        await StoreAsync(store, ("a", Noon), ("b", Noon), ("c", Noon), ("d", Noon), ("e", Noon.AddDays(-1)));
        var first = await store.ListAsync(Of("u1"), after: null, 2, None);
        Assert.Equal(["d", "c"], first.Select(memory => memory.Id), StringComparer.Ordinal);

        await store.DeleteAsync(["c", "d", "b"], None);
        await StoreAsync(store, ("newer", Noon.AddDays(1)), ("cc", Noon), ("bb", Noon));

        Assert.Equal(["bb", "a", "e"], (await store.ListAsync(Of("u1"), first[^1].Place, 10, None)).Select(memory => memory.Id), StringComparer.Ordinal);
        Assert.Equal(["newer", "cc", "bb", "a", "e"], await PagesAsync(store, Of("u1"), 2), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Any_id_and_any_time_can_be_a_place()
    {
        var store = await CreateAsync();
        string[] ids = [" ", "%", "'; DROP TABLE memories; --", "A", "\\0", "a", "a\u0301", "z", "é", "собрание", "漢字", "👩‍👩‍👧"]; // in the order of their bytes
        await StoreAsync(store, [.. ids.Select(id => (id, Noon)), ("first", DateTimeOffset.MinValue), ("last", DateTimeOffset.MaxValue)]);
        string[] expected = ["last", .. ids.Reverse(), "first"];

        Assert.Equal(expected, await PagesAsync(store, Of("u1"), 1), StringComparer.Ordinal);
        Assert.Equal(expected, (await store.ListAsync(Of("u1"), new(DateTimeOffset.MaxValue, "~"), 100, None)).Select(memory => memory.Id), StringComparer.Ordinal);
        Assert.Empty(await store.ListAsync(Of("u1"), new(DateTimeOffset.MinValue, string.Empty), 100, None));
        Assert.Equal(["first"], (await store.ListAsync(Of("u1"), new(Noon, "\0"), 100, None)).Select(memory => memory.Id), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_list_of_none_is_no_question()
    {
        var store = await CreateAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.ListAsync(Of("u1"), after: null, 0, None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ListAsync(Of("u1"), after: null, 1, new(canceled: true)));
    }

    private static async Task StoreAsync(IMemoryStore store, params (string Id, DateTimeOffset EndedAt)[] memories)
    {
        foreach (var (id, endedAt) in memories)
        {
            var record = MemoryRecords.Of(id);
            await store.UpsertAsync(record with { Memory = record.Memory with { Id = id, EndedAt = endedAt } }, [], None);
        }
    }

    private static async Task<List<string>> PagesAsync(IMemoryStore store, Visibility visibility, int size)
    {
        var ids = new List<string>();
        for (MemoryPlace? after = null; ;)
        {
            var page = await store.ListAsync(visibility, after, size, None);
            Assert.InRange(page.Count, 0, size);
            ids.AddRange(page.Select(memory => memory.Id));
            if (page.Count < size)
            {
                return ids;
            }

            after = page[^1].Place;
        }
    }
}
