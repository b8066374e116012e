using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>Every chat is read once, whatever happens between two pages, and no failure passes for the end.</summary>
public sealed class PagingTests : IAsyncLifetime
{
    private static readonly ReadRequest Later = new() { ChangedSince = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) };

    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(21, 2)]
    [InlineData(40, 2)]
    [InlineData(261, 14)]
    public async Task All_pages_are_read_by_number_and_no_more(int chats, int pages)
    {
        Fill(chats);

        AssertIds(Enumerable.Range(1, chats), await _bench.ReadAsync());
        Assert.Equal(Enumerable.Range(0, pages).Select(page => $"{page}"), _bench.Stub.Offsets, StringComparer.Ordinal);
        Assert.Equal(chats, _bench.Observer.Progress[^1].Done);
    }

    [Fact]
    public async Task Chats_that_arrive_meanwhile_make_none_come_twice_or_get_lost()
    {
        Fill(50);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.None(), StubFault.First(() => Fill(57, from: 51)), StubFault.First(() => Fill(90, from: 58)));

        AssertIds(Enumerable.Range(1, 50), await _bench.ReadAsync());
    }

    [Fact]
    public async Task Whole_pages_that_come_again_because_many_chats_arrived_are_passed()
    {
        Fill(50);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.None(), StubFault.None(), StubFault.First(() => Fill(90, from: 51)));

        AssertIds(Enumerable.Range(1, 50), await _bench.ReadAsync());
        Assert.Equal(5, _bench.Stub.Offsets.Count);
    }

    [Fact]
    public async Task Chats_deleted_at_the_end_meanwhile_are_the_end()
    {
        Fill(45);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.None(), StubFault.None(), StubFault.First(() => _bench.Stub.Remove(1, 2, 3, 4, 5)));

        AssertIds(Enumerable.Range(6, 40), await _bench.ReadAsync());
    }

    [Fact]
    public async Task Chats_deleted_before_meanwhile_do_not_hide_the_last_page()
    {
        Fill(45);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.None(), StubFault.None(), StubFault.First(() => _bench.Stub.Remove(Enumerable.Range(41, 5).Select(id => (long)id))));

        AssertIds(Enumerable.Range(1, 45), await _bench.ReadAsync());
    }

    [Fact]
    public async Task Whole_pages_deleted_meanwhile_are_the_end()
    {
        Fill(100);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.None(), StubFault.None(), StubFault.None(), StubFault.First(() => _bench.Stub.Remove(Enumerable.Range(1, 65).Select(id => (long)id))));

        AssertIds(Enumerable.Range(41, 60), await _bench.ReadAsync());
        Assert.Equal(["0", "1", "2", "3", "2", "1"], _bench.Stub.Offsets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_empty_page_that_announces_more_is_asked_for_again(int page)
    {
        Fill(30);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, [.. Enumerable.Repeat(StubFault.None(), page), .. Enumerable.Repeat(StubFault.Empty(hasPages: true), 3)]);

        AssertIds(Enumerable.Range(1, 30), await _bench.ReadAsync());
        Assert.Equal(2 + 3, _bench.Stub.Offsets.Count);
    }

    [Fact]
    public async Task An_empty_page_that_announces_more_is_never_the_end()
    {
        Fill(30);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, [StubFault.None(), .. Enumerable.Repeat(StubFault.Empty(hasPages: true), 4)]);

        var failure = await _bench.FailAsync();

        Assert.True(failure.IsTransient);
        Assert.Contains("empty list", failure.Message, StringComparison.Ordinal);
        Assert.Contains("4 times", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Observer.Notices);
    }

    [Fact]
    public async Task An_end_that_the_page_before_does_not_confirm_is_asked_for_again()
    {
        Fill(50);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.None(), StubFault.Empty(hasPages: false));

        AssertIds(Enumerable.Range(1, 50), await _bench.ReadAsync());
        Assert.Equal(["0", "1", "0", "1", "2"], _bench.Stub.Offsets);
    }

    [Fact]
    public async Task An_end_that_the_page_before_never_confirms_is_a_failure()
    {
        Fill(50);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, [StubFault.None(), .. Enumerable.Repeat(new[] { StubFault.Empty(hasPages: false), StubFault.None() }, 4).SelectMany(pair => pair)]);

        Assert.True((await _bench.FailAsync()).IsTransient);
        Assert.Equal(["0", "1", "0", "1", "0", "1", "0", "1", "0"], _bench.Stub.Offsets);
    }

    [Fact]
    public async Task Nothing_at_all_after_there_was_something_is_a_failure()
    {
        Fill(50);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, [StubFault.None(), .. Enumerable.Repeat(StubFault.Empty(hasPages: false), 8)]);

        Assert.True((await _bench.FailAsync()).IsTransient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_empty_first_page_is_asked_for_again_where_there_were_chats(int failures)
    {
        Fill(3);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat(StubFault.Empty(hasPages: false), failures));

        AssertIds(Enumerable.Range(1, 3), await _bench.ReadAsync(Later));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_empty_first_page_is_not_believed_while_a_workspace_has_chats(bool hadRunBefore)
    {
        Fill(3);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat(StubFault.Empty(hasPages: false), 4));

        var failure = await _bench.FailAsync(hadRunBefore ? Later : ReadRequest.Everything);

        Assert.True(failure.IsTransient);
        Assert.Contains("empty list", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_chats_is_believed()
    {
        Assert.Empty(await _bench.ReadAsync(Later));
        Assert.Equal(["0", "0", "0"], _bench.Stub.Offsets);
        Assert.Contains(_bench.Stub.Calls, call => call.Route is AnythingLlmStub.WorkspacesRoute);
    }

    [Theory]
    [InlineData(AnythingLlmStub.WorkspacesRoute, 404)]
    [InlineData(AnythingLlmStub.WorkspacesRoute, 403)]
    [InlineData("v1/workspace/research/chats", 404)]
    [InlineData("v1/workspace/research/chats", 400)]
    public async Task A_server_that_cannot_be_asked_otherwise_is_believed(string route, int status)
    {
        Fill(1);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat(StubFault.Empty(hasPages: false), 3));
        _bench.Stub.Fail(route, StubFault.Answer(status, "no"));

        Assert.Empty(await _bench.ReadAsync(Later));
    }

    [Fact]
    public async Task A_server_that_fails_when_asked_otherwise_is_not_believed()
    {
        _bench.Stub.Fail(AnythingLlmStub.WorkspacesRoute, Enumerable.Repeat(StubFault.Answer(500, "Internal Server Error"), 4));

        Assert.True((await _bench.FailAsync(Later)).IsTransient);
    }

    [Fact]
    public async Task A_page_that_comes_for_ever_ends_in_a_failure()
    {
        Fill(50);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat(StubFault.Json($"{{\"chats\":[{new StubChat { Id = 9 }.ToJson()}],\"hasPages\":true}}"), 100));

        var failure = await _bench.FailAsync();

        Assert.False(failure.IsTransient);
        Assert.Contains("same chats page after page", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, _bench.Stub.Offsets.Count);
    }

    private static void AssertIds(IEnumerable<int> expected, IEnumerable<SourceMessage> read) =>
        Assert.Equal(expected.Reverse().Select(id => $"{id}.prompt"), read.Where(one => one.Message.Role is Roles.User).Select(one => one.Message.Id), StringComparer.Ordinal);

    private void Fill(int to, int from = 1) => _bench.Stub.Add(Enumerable.Range(from, to - from + 1).Select(id => new StubChat { Id = id }));
}
