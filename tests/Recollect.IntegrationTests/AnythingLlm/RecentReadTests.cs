using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>What a reading of what changed asks for, page by page.</summary>
public sealed class RecentReadTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_quiet_day_asks_for_one_page()
    {
        Fill(1, 500, thread: 1, Day.AddDays(-100), TimeSpan.FromHours(2));

        Assert.Empty(await ReadAsync(Day));
        Assert.Equal(["0"], _bench.Stub.Offsets);
    }

    [Fact]
    public async Task A_new_thread_on_an_old_server_asks_for_two_pages()
    {
        Fill(1, 500, thread: 1, Day.AddDays(-100), TimeSpan.FromHours(2));
        Fill(501, 1, thread: 2, Day.AddHours(5), TimeSpan.Zero);

        Assert.Equal([501], await ReadAsync(Day));
        Assert.Equal(["0", "1"], _bench.Stub.Offsets);
    }

    [Fact]
    public async Task A_long_conversation_is_followed_back_to_its_start()
    {
        Fill(1, 20, thread: 1, Day.AddDays(-5), TimeSpan.FromMinutes(1));
        Fill(21, 100, thread: 1, Day.AddMinutes(-99 * 50), TimeSpan.FromMinutes(50));

        Assert.Equal(Enumerable.Range(21, 100).Select(id => (long)id), await ReadAsync(Day));
        Assert.Equal(["0", "1", "2", "3", "4", "5"], _bench.Stub.Offsets);
    }

    [Theory]
    [InlineData(0, new[] { 1L, 2L })]
    [InlineData(1, new[] { 2L })]
    public async Task A_gap_as_long_as_the_window_continues_a_conversation_and_a_longer_one_does_not(int beyond, long[] expected)
    {
        Fill(1, 1, thread: 1, Day - SourceBench.Window - TimeSpan.FromMilliseconds(beyond), TimeSpan.Zero);
        Fill(2, 1, thread: 1, Day, TimeSpan.Zero);

        Assert.Equal(expected, await ReadAsync(Day));
    }

    [Fact]
    public async Task Threads_in_which_nothing_is_new_are_not_given()
    {
        Fill(1, 3, thread: 1, Day.AddMinutes(-30), TimeSpan.FromMinutes(1));
        Fill(4, 3, thread: 2, Day.AddMinutes(-10), TimeSpan.FromMinutes(5));

        Assert.Equal([4, 5, 6], await ReadAsync(Day));
    }

    [Fact]
    public async Task Hidden_and_blank_chats_bridge_no_gap()
    {
        Fill(1, 1, thread: 1, Day.AddMinutes(-100), TimeSpan.Zero);
        _bench.Stub.Add(new StubChat { Id = 2, ThreadId = 1, CreatedAt = StubChat.Time(Day.AddMinutes(-50)), Include = false });
        _bench.Stub.Add(new StubChat { Id = 3, ThreadId = 1, CreatedAt = StubChat.Time(Day.AddMinutes(-40)), Prompt = " ", Response = null });
        Fill(4, 1, thread: 1, Day, TimeSpan.Zero);

        Assert.Equal([4], await ReadAsync(Day));
        Assert.Empty(_bench.Observer.Notices);
    }

    [Fact]
    public async Task A_hidden_chat_that_is_new_is_counted_and_nothing_else_is_read_for_it()
    {
        Fill(1, 3, thread: 1, Day.AddMinutes(-30), TimeSpan.FromMinutes(1));
        _bench.Stub.Add(new StubChat { Id = 4, ThreadId = 1, CreatedAt = StubChat.Time(Day), Include = false });

        Assert.Empty(await ReadAsync(Day));
        Assert.Equal(["1 chat with include: false was left out; Sources:AnythingLlm:IncludeHidden reads them."], _bench.Observer.Notices);
    }

    [Fact]
    public async Task A_chat_brought_in_with_an_old_date_brings_its_conversation()
    {
        Fill(1, 60, thread: 1, Day.AddDays(-30), TimeSpan.FromMinutes(30));
        Fill(61, 1, thread: 2, Day, TimeSpan.Zero);
        Fill(62, 1, thread: 1, Day.AddDays(-30).AddMinutes(95), TimeSpan.Zero);

        Assert.Equal(Enumerable.Range(1, 62).Select(id => (long)id), await ReadAsync(Day));
    }

    [Fact]
    public async Task A_new_chat_listed_below_older_ones_is_followed_too()
    {
        Fill(1, 1, thread: 2, Day.AddMinutes(-50), TimeSpan.Zero);
        Fill(2, 17, thread: 4, Day.AddHours(-3), TimeSpan.Zero);
        Fill(19, 1, thread: 3, Day.AddHours(-3), TimeSpan.Zero);
        Fill(20, 1, thread: 1, Day.AddHours(-2), TimeSpan.Zero);
        Fill(21, 1, thread: 2, Day.AddMinutes(5), TimeSpan.Zero);
        Fill(22, 39, thread: 3, Day.AddMinutes(-61), TimeSpan.Zero);
        Fill(61, 1, thread: 1, Day, TimeSpan.Zero);

        Assert.Equal([1, 21, .. Enumerable.Range(22, 39), 61], await ReadAsync(Day));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_proves_nothing()
    {
        Fill(1, 21, thread: 1, Day, TimeSpan.FromMinutes(1));
        _bench.Stub.Add(Enumerable.Range(22, 20).Select(id => new StubChat { Id = id, Raw = $"{{\"id\":{id}}}" }));

        Assert.Equal(Enumerable.Range(1, 21).Select(id => (long)id), await ReadAsync(Day));
        Assert.Equal(20, _bench.Observer.Unreadable.Count);
    }

    [Fact]
    public async Task Conversations_that_are_needed_of_unknown_age_need_everything()
    {
        Fill(1, 100, thread: 1, Day.AddDays(-100), TimeSpan.FromHours(2));

        var read = await _bench.ReadAsync(new() { ChangedSince = Day, Conversations = ["one"] });

        Assert.Equal(200, read.Count);
    }

    [Fact]
    public async Task Conversations_that_are_needed_reach_back_to_their_start()
    {
        Fill(1, 100, thread: 1, Day.AddDays(-100), TimeSpan.FromHours(2));

        var read = await _bench.ReadAsync(new() { ChangedSince = Day, Conversations = ["one"], ConversationsSince = Day.AddDays(-100).AddHours(2 * 97) });

        Assert.Equal([98, 99, 100], IdsOf(read));
    }

    [Fact]
    public async Task Nothing_that_is_new_is_missed_when_a_moment_lies_before_all_times()
    {
        Fill(1, 50, thread: 1, Day.AddDays(-100), TimeSpan.FromHours(2));

        Assert.Equal(50, (await ReadAsync(DateTimeOffset.MinValue)).Count);
        Assert.Empty(await ReadAsync(DateTimeOffset.MaxValue));
    }

    private static List<long> IdsOf(IEnumerable<Recollect.Conversations.SourceMessage> read) => [.. read.Select(one => one.Message.Position).Distinct().Order()];

    private async Task<List<long>> ReadAsync(DateTimeOffset since) => IdsOf(await _bench.ReadAsync(new ReadRequest { ChangedSince = since }));

    private void Fill(int from, int count, int thread, DateTimeOffset at, TimeSpan step) => _bench.Stub.Add(
        Enumerable.Range(0, count).Select(i => new StubChat { Id = from + i, ThreadId = thread, CreatedAt = StubChat.Time(at + (step * i)) }));
}
