using System.Net;
using System.Text.Json;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

public sealed class HostileMessageTests(SharedMcpPlace shared) : IClassFixture<SharedMcpPlace>
{
    private readonly McpPlace _place = shared.Place;

    [Theory]
    [InlineData("", -32700)]
    [InlineData("{", -32700)]
    [InlineData("\0", -32700)]
    [InlineData("<xml/>", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall_memory","arguments":{"scope":"personal","scope":"secrets"}}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\ud800"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"\udc00":1}}""", -32700)]
    [InlineData("null", -32600)]
    [InlineData("1", -32600)]
    [InlineData("\"ping\"", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("""{"id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""", -32600)]
    public async Task What_is_no_message_is_refused(string body, int code)
    {
        var (status, answer, _) = await _place.PostAsync(body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, answer.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall_memory","arguments":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall_memory","arguments":"all"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"RECALL_MEMORY","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":null}}""")]
    public async Task A_malformed_call_is_an_error_and_never_an_answer(string body)
    {
        var (_, answer, _) = await _place.PostAsync(body, ("MCP-Protocol-Version", "2025-06-18"));

        Assert.Equal(-32602, answer.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var question = new string('x', 2 * 1024 * 1024);
        foreach (var path in new[] { "/mcp", "/mcp/tool/call" })
        {
            var (status, _, _) = await _place.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"{{question}}"} }""", (":path", path));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        }
    }

    [Fact]
    public async Task Hostile_arguments_find_nothing_and_break_nothing()
    {
        var texts = new[] { "\\u0000", "dana\\u0000", "' OR 1=1 --", "%", "*", "dana OR 61", new string('q', 500_000), "🧠 שלום", "../../etc/passwd", "${HOME}" };
        foreach (var text in texts)
        {
            foreach (var arguments in new[] { $$"""{"scope":"personal","query_summary":"street","user_id":"{{text}}"}""", $$"""{"scope":"{{text}}","query_summary":"street","user_id":"dana"}""", $$"""{"scope":"personal","query_summary":"{{text}}","user_id":"nobody"}""" })
            {
                var (status, answer, _) = await _place.PostAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall_memory","arguments":{{{arguments}}} } }""");

                Assert.Equal(HttpStatusCode.OK, status);
                Assert.Empty(answer.GetProperty("result").GetProperty("structuredContent").GetProperty("memories").EnumerateArray());
            }
        }
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000));

        var (status, _, _) = await _place.PostAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":{{{deep}}} } }""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_is_taken_and_dropped()
    {
        var (status, body, _) = await _place.PostAsync("""{"jsonrpc":"2.0","id":1,"result":{}}""");

        Assert.Equal((HttpStatusCode.Accepted, JsonValueKind.Undefined), (status, body.ValueKind));
    }
}
