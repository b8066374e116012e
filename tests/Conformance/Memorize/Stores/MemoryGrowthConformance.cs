using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <summary>What every memory store that can tell how its memories became more promises.</summary>
public abstract class MemoryGrowthConformance
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Makes an empty store that is ready to use, independent of every other, and an <see cref="IMemoryGrowth"/>.</summary>
    protected abstract ValueTask<IMemoryStore> CreateAsync();

    [Fact]
    public async Task An_empty_store_has_no_span_and_counts_nothing()
    {
        var (_, growth) = await StoreAsync();
        Assert.Null(await growth.GetSpanAsync(None));
        Assert.Equal([0], await growth.CountBetweenAsync([DateTimeOffset.MinValue, DateTimeOffset.MaxValue], None));
        Assert.Empty(await growth.CountBetweenAsync([Start], None));
        Assert.Empty(await growth.CountBetweenAsync([], None));
    }

    [Fact]
    public async Task Each_memory_counts_once_between_the_borders_where_its_conversation_ended()
    {
        var (store, growth) = await StoreAsync();
        foreach (var (name, tenant, offset) in new[] { ("a", "default", TimeSpan.Zero), ("b", "acme", TimeSpan.FromTicks(1)), ("c", "default", TimeSpan.FromDays(1) - TimeSpan.FromTicks(1)), ("d", "default", TimeSpan.FromDays(1)), ("e", "default", TimeSpan.FromDays(9)) })
        {
            await store.UpsertAsync(Ended(name, tenant, Start + offset), [], None);
        }

        Assert.Equal((Start, Start.AddDays(9)), await growth.GetSpanAsync(None));
        Assert.Equal([3, 1, 0, 1], await growth.CountBetweenAsync([Start, Start.AddDays(1), Start.AddDays(2), Start.AddDays(9), Start.AddDays(10)], None));
        Assert.Equal([1, 4], await growth.CountBetweenAsync([DateTimeOffset.MinValue, Start.AddTicks(1), DateTimeOffset.MaxValue], None));
        Assert.Equal([0, 0], await growth.CountBetweenAsync([Start.AddYears(-2), Start.AddYears(-1), Start], None));
        Assert.Equal([3, 1], await growth.CountBetweenAsync([Start.ToOffset(TimeSpan.FromHours(9)), Start.AddDays(1).ToOffset(TimeSpan.FromHours(-5)), Start.AddDays(3)], None));
    }

    [Fact]
    public async Task What_is_written_again_counts_where_it_ends_now_and_what_is_removed_no_more()
    {
        var (store, growth) = await StoreAsync();
        await store.UpsertAsync(Ended("a", "default", Start), [], None);
        await store.UpsertAsync(Ended("a", "default", Start.AddDays(3)), [], None);
        Assert.Equal([0, 1], await growth.CountBetweenAsync([Start, Start.AddDays(1), Start.AddDays(4)], None));

        await store.DeleteAsync([MemoryRecords.IdOf("a")], None);

        Assert.Null(await growth.GetSpanAsync(None));
    }

    private static MemoryRecord Ended(string name, string tenant, DateTimeOffset at)
    {
        var record = MemoryRecords.Of(name, new Owner { User = "dana", Tenant = tenant });
        return record with { Memory = record.Memory with { StartedAt = at.AddHours(-1), EndedAt = at } };
    }

    private async ValueTask<(IMemoryStore Store, IMemoryGrowth Growth)> StoreAsync()
    {
        var store = await CreateAsync();
        return (store, Assert.IsAssignableFrom<IMemoryGrowth>(store));
    }
}
