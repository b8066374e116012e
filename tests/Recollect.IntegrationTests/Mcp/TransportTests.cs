using System.Net;
using System.Text.Json;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

/// <summary>The protocol over bare HTTP: headers, statuses and codes.</summary>
public sealed class TransportTests(SharedMcpPlace shared) : IClassFixture<SharedMcpPlace>
{
    private const string Call = """ "name":"recall_memory","arguments":{"scope":"personal","query_summary":"street","user_id":"dana"} """;

    private readonly McpPlace _place = shared.Place;

    [Fact]
    public async Task The_revision_without_sessions_is_answered_as_it_says()
    {
        var (status, list, response) = await _place.PostStatelessAsync("tools/list");

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (status, response.Content.Headers.ContentType!.MediaType));
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
        var result = list.GetProperty("result");
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.Equal(JsonValueKind.Number, result.GetProperty("ttlMs").ValueKind);
        Assert.Equal("private", result.GetProperty("cacheScope").GetString());

        var (_, discovered, _) = await _place.PostStatelessAsync("server/discover");
        Assert.Contains(discovered.GetProperty("result").GetProperty("supportedVersions").EnumerateArray(), version => version.ValueEquals(McpPlace.Stateless));

        var (_, called, _) = await _place.PostStatelessAsync("tools/call", Call);
        Assert.Equal("dana", called.GetProperty("result").GetProperty("structuredContent").GetProperty("memories")[0].GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task The_revisions_with_a_greeting_are_answered_as_they_say()
    {
        var (status, greeting, response) = await _place.PostAsync("""{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""", (":path", "/mcp/"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
        Assert.Equal(("a", "2025-06-18"), (greeting.GetProperty("id").GetString(), greeting.GetProperty("result").GetProperty("protocolVersion").GetString()));

        var (accepted, none, _) = await _place.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("MCP-Protocol-Version", "2025-06-18"));
        Assert.Equal((HttpStatusCode.Accepted, JsonValueKind.Undefined), (accepted, none.ValueKind));

        var (_, list, _) = await _place.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""", ("MCP-Protocol-Version", "2025-06-18"));
        Assert.False(list.GetProperty("result").TryGetProperty("ttlMs", out _));
        Assert.Equal("recall_memory", list.GetProperty("result").GetProperty("tools")[0].GetProperty("name").GetString());

        var (_, ping, _) = await _place.PostAsync("""{"jsonrpc":"2.0","id":3,"method":"ping"}""", ("MCP-Protocol-Version", "2025-11-25"));
        Assert.Equal(JsonValueKind.Object, ping.GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task Headers_must_say_what_the_body_says()
    {
        foreach (var header in new (string, string?)[] { ("Mcp-Method", null), ("Mcp-Method", "tools/list"), ("Mcp-Method", "TOOLS/CALL"), ("Mcp-Name", null), ("Mcp-Name", "other"), ("Mcp-Name", "=?base64?*?="), ("MCP-Protocol-Version", "2025-11-25"), ("MCP-Protocol-Version", null) })
        {
            var (status, answer, _) = await _place.PostStatelessAsync("tools/call", Call, header);
            Assert.Equal((HttpStatusCode.BadRequest, -32020, 7), (status, CodeOf(answer), answer.GetProperty("id").GetInt32()));
        }

        var (encoded, _, _) = await _place.PostStatelessAsync("tools/call", Call, ("Mcp-Name", "=?base64?cmVjYWxsX21lbW9yeQ==?="));
        Assert.Equal(HttpStatusCode.OK, encoded);
    }

    [Theory]
    [InlineData("2023-01-01")]
    [InlineData("2027-01-01")]
    [InlineData("latest")]
    public async Task A_revision_that_is_not_spoken_is_refused_with_those_that_are(string version)
    {
        var (status, answer, _) = await _place.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/list"}""", ("MCP-Protocol-Version", version));

        Assert.Equal((HttpStatusCode.BadRequest, -32022), (status, CodeOf(answer)));
        Assert.Equal(version, answer.GetProperty("error").GetProperty("data").GetProperty("requested").GetString());
        Assert.Contains(answer.GetProperty("error").GetProperty("data").GetProperty("supported").EnumerateArray(), known => known.ValueEquals(McpPlace.Stateless));
    }

    [Fact]
    public async Task Methods_that_there_are_not_are_not_found()
    {
        foreach (var method in new[] { "memories/delete", "initialize", "ping", "logging/setLevel", "resources/subscribe", "prompts/get" })
        {
            var (status, answer, _) = await _place.PostStatelessAsync(method, headers: ("Mcp-Name", ""));
            Assert.Equal((method, HttpStatusCode.NotFound, -32601), (method, status, CodeOf(answer)));
        }

        var (old, error, _) = await _place.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"memories/delete"}""", ("MCP-Protocol-Version", "2025-06-18"));
        Assert.Equal((HttpStatusCode.OK, -32601), (old, CodeOf(error)));
    }

    [Fact]
    public async Task A_request_without_its_own_description_is_refused()
    {
        var (status, answer, _) = await _place.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}}""", ("MCP-Protocol-Version", McpPlace.Stateless), ("Mcp-Method", "tools/list"));

        Assert.Equal((HttpStatusCode.BadRequest, -32602), (status, CodeOf(answer)));
    }

    [Theory]
    [InlineData("Accept", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("Accept", "text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("Accept", null, HttpStatusCode.NotAcceptable)]
    [InlineData("Accept", "*/*", HttpStatusCode.OK)]
    [InlineData("Content-Type", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("Content-Type", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("Content-Type", "application/json; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    public async Task What_a_client_sends_and_takes_is_checked(string header, string? value, HttpStatusCode expected)
    {
        var (status, _, _) = await _place.PostStatelessAsync("tools/list", headers: (header, value));

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    public async Task There_is_no_session_to_listen_to_or_to_end(string method)
    {
        foreach (var path in new[] { "/mcp", "/mcp/" })
        {
            using var request = new HttpRequestMessage(new(method), path);
            request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
            using var response = await _place.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
            Assert.Equal(["POST"], response.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task Batches_are_answered_in_the_revisions_that_have_them()
    {
        const string Batch = """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/cancelled"},{"jsonrpc":"2.0","id":2,"method":"tools/list"}]""";

        var (status, last, response) = await _place.PostAsync(Batch, ("MCP-Protocol-Version", "2025-03-26"));
        var events = (await response.Content.ReadAsStringAsync()).Split('\n').Count(line => line.StartsWith("data:", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, 2, 2), (status, last.GetProperty("id").GetInt32(), events));
        foreach (var version in new[] { "2025-06-18", "2025-11-25", McpPlace.Stateless })
        {
            var (refused, error, _) = await _place.PostAsync(Batch, ("MCP-Protocol-Version", version));
            Assert.Equal((HttpStatusCode.BadRequest, -32600), (refused, CodeOf(error)));
        }

        foreach (var wrong in new[] { "[]", "[1]", "[[]]", $"[{string.Join(',', Enumerable.Repeat("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", 17))}]" })
        {
            var (refused, _, _) = await _place.PostAsync(wrong);
            Assert.Equal(HttpStatusCode.BadRequest, refused);
        }
    }

    private static int CodeOf(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();
}
