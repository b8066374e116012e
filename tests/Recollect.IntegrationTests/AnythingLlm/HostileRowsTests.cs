using System.Globalization;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>Rows that no server should send.</summary>
public sealed class HostileRowsTests : IAsyncLifetime
{
    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("null", "page 1, row 1", "is not an object")]
    [InlineData("[1]", "page 1, row 1", "is not an object")]
    [InlineData("{}", "page 1, row 1", "id is not a whole number")]
    [InlineData("""{"id":1.5,"workspaceId":1,"createdAt":"2026-01-05T10:00:00Z"}""", "page 1, row 1", "id is not a whole number")]
    [InlineData("""{"id":"1a","workspaceId":1,"createdAt":"2026-01-05T10:00:00Z"}""", "page 1, row 1", "id is not a whole number")]
    [InlineData("""{"id":99999999999999999999,"workspaceId":1,"createdAt":"2026-01-05T10:00:00Z"}""", "page 1, row 1", "id is not a whole number")]
    [InlineData("""{"id":9,"workspaceId":1}""", "chat 9", "createdAt is missing")]
    [InlineData("""{"id":9,"workspaceId":1,"createdAt":null}""", "chat 9", "createdAt is missing")]
    [InlineData("""{"id":9,"workspaceId":1,"createdAt":"yesterday"}""", "chat 9", "createdAt is not an ISO 8601 time")]
    [InlineData("""{"id":9,"workspaceId":1,"createdAt":"2026-02-30T10:00:00Z"}""", "chat 9", "createdAt is not a real date")]
    [InlineData("""{"id":9,"workspaceId":1,"createdAt":{}}""", "chat 9", "createdAt is not a time")]
    [InlineData("""{"id":9,"workspaceId":1,"createdAt":"2026-06-02T00:00:01Z"}""", "chat 9", "createdAt lies more than a day in the future")]
    [InlineData("""{"id":9,"createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "workspaceId is missing")]
    [InlineData("""{"id":9,"workspaceId":[],"createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "workspaceId is neither text nor a number")]
    [InlineData("""{"id":9,"workspaceId":1,"thread_id":true,"createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "thread_id is neither text nor a number")]
    [InlineData("""{"id":9,"workspaceId":1,"api_session_id":{},"createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "api_session_id is neither text nor a number")]
    [InlineData("""{"id":9,"workspaceId":1,"user":"dana","createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "user is not an object")]
    [InlineData("""{"id":9,"workspaceId":1,"user":{"username":7},"createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "username is not text")]
    [InlineData("""{"id":9,"workspaceId":1,"include":"no","createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "include is neither true nor false")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":7,"createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "prompt is not text")]
    [InlineData("""{"id":9,"workspaceId":1,"response":[],"createdAt":"2026-01-05T10:00:00Z"}""", "chat 9", "response is not text")]
    [InlineData("""{"\ud800 and more":0,"id":9}""", "chat 9", "has a field whose name is no text")]
    public async Task A_row_that_cannot_be_read_is_reported_and_the_rest_goes_on(string raw, string place, string reason)
    {
        _bench.Stub.Add(new StubChat { Id = 2, Raw = raw }, new StubChat { Id = 1 });

        Assert.Equal(["1.prompt", "1.response"], (await _bench.ReadAsync()).Select(one => one.Message.Id), StringComparer.Ordinal);
        Assert.Equal([(place, reason)], _bench.Observer.Unreadable.Select(item => (item.Place, item.Reason)));
        Assert.Equal((2L, null), _bench.Observer.Progress[^1]);
    }

    [Fact]
    public async Task Rows_are_named_by_page_and_place()
    {
        _bench.Stub.Add(Enumerable.Range(1, 45).Select(id => new StubChat { Id = id, Raw = id == 4 ? "0" : null }));

        await _bench.ReadAsync();

        Assert.Equal("page 3, row 2", Assert.Single(_bench.Observer.Unreadable).Place);
    }

    [Theory]
    [InlineData("""{"id":"9","workspaceId":"1","prompt":"q","createdAt":"2026-01-05T10:00:00Z"}""", "q", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":"q","createdAt":"2026-01-05T10:00:00"}""", "q", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":"q","createdAt":"2026-01-05T12:00:00.5+02:00"}""", "q", "2026-01-05T10:00:00.5Z")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":"q","createdAt":1767607200000}""", "q", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":"q","createdAt":"0001-01-01T00:00:00Z"}""", "q", "0001-01-01T00:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":"p","prompt":"q","createdAt":"2026-01-05T10:00:00Z","new":{"deep":[1]}}""", "q", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":"q\ud800\u0000","createdAt":"2026-01-05T10:00:00Z"}""", "q\uFFFD\uFFFD", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"response":"{\"text\":\"q\\udc00\\u0000\"}","createdAt":"2026-01-05T10:00:00Z"}""", "q\uFFFD\uFFFD", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"response":"{\"text\":\"q\ud800\"}","createdAt":"2026-01-05T10:00:00Z"}""", "q\uFFFD", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"response":{"text":"q","sources":[]},"createdAt":"2026-01-05T10:00:00Z"}""", "q", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"response":{"sources":[ ]},"createdAt":"2026-01-05T10:00:00Z"}""", "{\"sources\":[ ]}", "2026-01-05T10:00:00Z")]
    [InlineData("""{"id":9,"workspaceId":1,"prompt":"q","workspace":7,"user":null,"include":null,"createdAt":"2026-01-05T10:00:00Z"}""", "q", "2026-01-05T10:00:00Z")]
    public async Task What_can_be_understood_is_read(string raw, string text, string sentAt)
    {
        _bench.Stub.Add(new StubChat { Id = 9, Raw = raw });

        var message = Assert.Single(await _bench.ReadAsync()).Message;

        Assert.Equal((text, DateTimeOffset.Parse(sentAt, CultureInfo.InvariantCulture)), (message.Text, message.SentAt));
        Assert.StartsWith("9.", message.Id, StringComparison.Ordinal);
        Assert.Empty(_bench.Observer.Unreadable);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_harm_nothing_else()
    {
        var answer = "{\"chats\":[{\"id\":9,\"workspaceId\":1,\"prompt\":\"a\uFFFFb\",\"createdAt\":\"2026-01-05T10:00:00Z\"}],\"hasPages\":false}";
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.Bytes([.. System.Text.Encoding.UTF8.GetBytes(answer).Select(one => one == 0xEF ? (byte)0xFF : one)]));

        Assert.Contains('\uFFFD', Assert.Single(await _bench.ReadAsync()).Message.Text);
    }
}
