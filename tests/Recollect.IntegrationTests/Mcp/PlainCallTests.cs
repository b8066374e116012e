using System.Net;
using System.Text.Json;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

/// <summary><c>POST /mcp/tool/call</c>.</summary>
public sealed class PlainCallTests : IAsyncLifetime
{
    private McpPlace _place = null!;

    public async ValueTask InitializeAsync() => _place = await McpPlace.StartAsync(McpPlace.Agents);

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task The_answer_is_the_result_of_the_tool()
    {
        var (status, result) = await _place.CallPlainAsync("""{"name":"recall_memory","arguments":{"scope":"personal","query_summary":"street","user_id":"dana"}}""", McpPlace.NoorKey);

        Assert.Equal((HttpStatusCode.OK, false), (status, result.GetProperty("isError").GetBoolean()));
        Assert.Equal("dana", result.GetProperty("structuredContent").GetProperty("memories")[0].GetProperty("user_id").GetString());
        Assert.Equal("text", result.GetProperty("content")[0].GetProperty("type").GetString());
        using var text = JsonDocument.Parse(result.GetProperty("content")[0].GetProperty("text").GetString()!);
        Assert.True(JsonElement.DeepEquals(text.RootElement, result.GetProperty("structuredContent")));
    }

    [Theory]
    [InlineData("""{"name":"forget","arguments":{}}""", HttpStatusCode.NotFound, "recall_memory")]
    [InlineData("""{"name":"recall_memory","arguments":{"scope":"secrets","query":"x"}}""", HttpStatusCode.Forbidden, "Agent noor may not read scope secrets; it may read: personal, departmental, ministry.")]
    [InlineData("""{"name":"recall_memory","arguments":{"scope":"personal","query":"x"}}""", HttpStatusCode.BadRequest, "user_id is required for personal scope recall.")]
    [InlineData("""{"name":"recall_memory"}""", HttpStatusCode.BadRequest, "scope is required.")]
    [InlineData("""{"name":"recall_memory","arguments":null}""", HttpStatusCode.BadRequest, "scope is required.")]
    [InlineData("""{"name":"recall_memory","arguments":[]}""", HttpStatusCode.BadRequest, "arguments")]
    [InlineData("""{"name":"recall_memory","arguments":{"scope":"\ud800","query":"x"}}""", HttpStatusCode.BadRequest, "Unicode")]
    [InlineData("""{"tool":"recall_memory"}""", HttpStatusCode.BadRequest, "known: name, arguments")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "name is missing")]
    [InlineData("""[]""", HttpStatusCode.BadRequest, "JSON object")]
    public async Task What_is_wrong_has_a_status_and_is_said(string body, HttpStatusCode expected, string detail)
    {
        var (status, problem) = await _place.CallPlainAsync(body, McpPlace.NoorKey);

        Assert.Equal(expected, status);
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_needs_a_key_like_all_else()
    {
        var (status, _) = await _place.CallPlainAsync("""{"name":"recall_memory","arguments":{"scope":"personal","query":"x","user_id":"dana"}}""", "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }
}
