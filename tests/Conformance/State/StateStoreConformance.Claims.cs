using Xunit;

namespace Recollect.Conformance.State;

/// <content>Who is working on which conversation.</content>
public abstract partial class StateStoreConformance
{
    [Fact]
    public async Task A_claim_is_one_holders_until_it_is_given_back()
    {
        var state = await CreateAsync();
        Assert.Equal(["a", "b"], await ClaimAsync(state, "w1", Minute, "b", "a", "b"), StringComparer.Ordinal);
        Assert.Equal(["c"], await ClaimAsync(state, "w2", Minute, "a", "b", "c"), StringComparer.Ordinal);
        Assert.Equal(["a"], await ClaimAsync(state, "w1", Minute, "a", "c"), StringComparer.Ordinal);
        Assert.Empty(await ClaimAsync(state, "w1", Minute));
        await state.Claims.ReleaseAsync("files", ["a", "c", "unknown", "a"], "w1", None);
        await state.Claims.ReleaseAsync("files", [], "w1", None);
        Assert.Equal(["a"], await ClaimAsync(state, "w2", Minute, "a", "b"), StringComparer.Ordinal);
        Assert.Empty(await ClaimAsync(state, "w3", Minute, "a", "b", "c"));
    }

    [Fact]
    public async Task The_same_id_of_another_source_is_another_claim()
    {
        var state = await CreateAsync();
        await ClaimAsync(state, "w1", Minute, "a");
        Assert.Equal(["a"], await state.Claims.ClaimAsync("other", ["a"], "w2", Minute, None), StringComparer.Ordinal);
        await state.Claims.ReleaseAsync("other", ["a"], "w1", None);
        Assert.Empty(await state.Claims.ClaimAsync("other", ["a"], "w1", Minute, None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public async Task A_claim_without_duration_has_ended_at_once(long ticks)
    {
        var state = await CreateAsync();
        var none = TimeSpan.FromTicks(ticks);
        Assert.Equal(["a", "b"], await ClaimAsync(state, "w1", none, "a", "b"), StringComparer.Ordinal);
        Assert.Equal(["a"], await ClaimAsync(state, "w2", Minute, "a"), StringComparer.Ordinal);
        Assert.Empty(await ClaimAsync(state, "w1", Minute, "a"));
        Assert.Equal(1, await state.Claims.RenewAsync("w2", none, None));
        Assert.Equal(["a"], await ClaimAsync(state, "w3", Minute, "a"), StringComparer.Ordinal);
        await state.Claims.ReleaseAsync("files", ["a"], "w2", None);
        Assert.Empty(await ClaimAsync(state, "w2", Minute, "a"));
    }

    [Fact]
    public async Task Renewing_keeps_every_claim_that_nobody_took()
    {
        var state = await CreateAsync();
        await ClaimAsync(state, "w1", TimeSpan.Zero, "a", "b");
        await state.Claims.ClaimAsync("other", ["a"], "w1", Minute, None);
        await ClaimAsync(state, "w2", Minute, "b");
        Assert.Equal(2, await state.Claims.RenewAsync("w1", Minute, None));
        Assert.Empty(await ClaimAsync(state, "w2", Minute, "a"));
        Assert.Empty(await state.Claims.ClaimAsync("other", ["a"], "w2", Minute, None));
        Assert.Equal(1, await state.Claims.RenewAsync("w2", Minute, None));
        Assert.Equal(0, await state.Claims.RenewAsync("w3", Minute, None));
    }

    [Fact]
    public async Task Claiming_again_renews()
    {
        var state = await CreateAsync();
        await ClaimAsync(state, "w1", TimeSpan.Zero, "a");
        await ClaimAsync(state, "w1", TimeSpan.MaxValue, "a");
        Assert.Empty(await ClaimAsync(state, "w2", Minute, "a"));
        Assert.Equal(1, await state.Claims.RenewAsync("w1", TimeSpan.MaxValue, None));
    }

    [Fact]
    public async Task Of_many_who_claim_the_same_at_once_each_is_exactly_ones()
    {
        var state = await CreateAsync();
        string[] threads = [.. Enumerable.Range(0, 300).Select(number => $"c{number}")];
        var got = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            var mine = new List<string>();
            foreach (var some in threads.OrderBy(thread => StableOrder(thread, worker)).Chunk(60))
            {
                mine.AddRange(await ClaimAsync(state, $"w{worker}", Minute, some));
            }

            return mine;
        })));
        Assert.Equal(threads.Order(StringComparer.Ordinal), got.SelectMany(mine => mine).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        for (var worker = 0; worker < got.Length; worker++)
        {
            Assert.Equal(got[worker].Count, await state.Claims.RenewAsync($"w{worker}", Minute, None));
        }
    }

    [Fact]
    public async Task Ids_and_names_are_any_text()
    {
        var state = await CreateAsync();
        string[] odd = ["", " ", "%", "a", "A", "o'Brien \"x\"", "a\0b", "a\u0001b", "a\u00010b", "a\u0010b", "zwölf 🦊", Long];
        Assert.Equal(odd.Length, (await ClaimAsync(state, Odd + Long, Minute, odd)).Count());
        Assert.Empty(await ClaimAsync(state, "w2", Minute, odd));
        Assert.Equal(odd.Length, await state.Claims.RenewAsync(Odd + Long, Minute, None));
        await state.Queued.NoteAsync([.. odd.Select(Queued)], None);
        Assert.Equal(odd.Order(StringComparer.Ordinal), await state.Queued.TakeDueAsync("files", Noon, Noon, 50, None), StringComparer.Ordinal);
    }

    private static int StableOrder(string thread, int worker) => thread.Aggregate(worker + 1, (sum, letter) => unchecked((sum * 31) ^ (letter * (worker + 7))));

    private static async Task<IEnumerable<string>> ClaimAsync(Recollect.State.IStateStore state, string holder, TimeSpan duration, params string[] threads) =>
        (await state.Claims.ClaimAsync("files", threads, holder, duration, None)).Order(StringComparer.Ordinal);
}
