using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Recollect.Conformance;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

/// <summary>What the client of the C# SDK gets, in each era of the protocol.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private McpPlace _open = null!;
    private McpPlace _closed = null!;

    public async ValueTask InitializeAsync() => (_open, _closed) = (await McpPlace.StartAsync(), await McpPlace.StartAsync(McpPlace.Agents));

    public async ValueTask DisposeAsync()
    {
        await _open.DisposeAsync();
        await _closed.DisposeAsync();
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    [InlineData(null)]
    public async Task Every_revision_recalls_a_memory_with_its_messages(string? version)
    {
        await using var client = await _open.ConnectAsync(version);

        Assert.Equal("recollect", client.ServerInfo?.Name);
        Assert.Equal(version ?? McpPlace.Stateless, client.NegotiatedProtocolVersion);
        Assert.Equal("recall_memory", Assert.Single(await client.ListToolsAsync()).Name);
        var result = await CallAsync(client, ("scope", "personal"), ("query_summary", "Which street do I live in?"), ("user_id", "dana"));

        Assert.False(result.IsError);
        var memory = Assert.Single(result.StructuredContent!.Value.GetProperty("memories").EnumerateArray());
        Assert.Equal(("dana", "personal"), (memory.GetProperty("user_id").GetString(), memory.GetProperty("scope").GetString()));
        Assert.Contains("Elm Street", memory.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.InRange(memory.GetProperty("score").GetDouble(), -1, 1);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (memory.GetProperty("key").ValueKind, memory.GetProperty("confidence").ValueKind));
        Assert.Contains(memory.GetProperty("citations").EnumerateArray(), citation => citation.GetProperty("message_id").ValueEquals("m1"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Text(result)), JsonNode.Parse(result.StructuredContent.Value.GetRawText())));
    }

    [Fact]
    public async Task The_list_of_tools_is_the_approved_one()
    {
        await using var client = await _open.ConnectAsync(null);

        var tools = (await client.ListToolsAsync()).Select(tool => tool.ProtocolTool);

        Approved.Match("Tools", JsonSerializer.Serialize(JsonNode.Parse(JsonSerializer.Serialize(tools, McpJsonUtilities.DefaultOptions)), Indented));
    }

    [Fact]
    public async Task Names_of_before_and_numbers_as_text_are_taken()
    {
        await using var client = await _open.ConnectAsync(null);

        var result = await CallAsync(client, ("memory_type", "personal"), ("query", "street"), ("user_id", 61), ("limit", "1"), ("sessionId", "x"));

        Assert.Equal("61", Assert.Single(result.StructuredContent!.Value.GetProperty("memories").EnumerateArray()).GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task A_shared_scope_needs_no_user_and_no_scope_falls_back_to_another()
    {
        await using var client = await _open.ConnectAsync(null);

        var ministry = await CallAsync(client, ("scope", "ministry"), ("query_summary", "street works"));
        var departmental = await CallAsync(client, ("scope", "departmental"), ("query_summary", "street works"), ("user_id", "61"));
        var stranger = await CallAsync(client, ("scope", "personal"), ("query_summary", "street"), ("user_id", "nobody"));

        Assert.Equal("ministry", Assert.Single(ministry.StructuredContent!.Value.GetProperty("memories").EnumerateArray()).GetProperty("scope").GetString());
        Assert.Equal("""{"memories":[]}""", Text(departmental));
        Assert.Equal("""{"memories":[]}""", Text(stranger));
        Assert.False(stranger.IsError);
    }

    [Fact]
    public async Task What_is_wrong_with_a_call_is_told_to_the_model()
    {
        await using var client = await _closed.ConnectAsync(null, McpPlace.NoorKey);
        (string Name, object? Value) scope = ("scope", "personal"), query = ("query_summary", "street"), user = ("user_id", "dana");
        var calls = new (string Expected, (string, object?)[] Arguments)[]
        {
            ("Agent noor may not read scope secrets; it may read: personal, departmental, ministry.", [("scope", "secrets"), query, user]),
            ("Agent noor may not read scope Personal; it may read: personal, departmental, ministry.", [("scope", "Personal"), query, user]),
            ("user_id is required for personal scope recall.", [scope, query]),
            ("user_id is required for personal scope recall.", [scope, query, ("user_id", " ")]),
            ("user_id must be a text or a whole number.", [scope, query, ("user_id", 6.5)]),
            ("user_id must be a text or a whole number.", [scope, query, ("user_id", new[] { "dana" })]),
            ("scope is required.", [query, user]),
            ("scope must be a text.", [("scope", 5), query, user]),
            ("query_summary is required.", [scope, user]),
            ("query_summary must be a text.", [scope, ("query", true), user]),
            ("query_summary must not be empty.", [scope, ("query", ""), user]),
            ("limit must be a whole number between 1 and 50.", [scope, query, user, ("limit", 0)]),
            ("limit must be a whole number between 1 and 50.", [scope, query, user, ("limit", 51)]),
            ("limit must be a whole number between 1 and 50.", [scope, query, user, ("limit", "many")]),
            ("limit must be a whole number between 1 and 50.", [scope, query, user, ("limit", 1e300)]),
        };

        foreach (var (expected, arguments) in calls)
        {
            var result = await CallAsync(client, arguments);
            Assert.Equal((true, expected), (result.IsError, Text(result)));
        }
    }

    [Fact]
    public async Task Each_key_reads_its_own_scopes_and_its_own_tenant()
    {
        await using var maestro = await _closed.ConnectAsync(null, McpPlace.MaestroKey);
        await using var acme = await _closed.ConnectAsync("2025-06-18", "key-of-acme");

        var secret = await CallAsync(maestro, ("scope", "secrets"), ("query_summary", "street of the vault"));
        var ofAcme = await CallAsync(acme, ("scope", "personal"), ("query_summary", "street"), ("user_id", "dana"));

        Assert.Contains("Quarry Lane", Text(secret), StringComparison.Ordinal);
        Assert.Contains("Acme has a street", Text(ofAcme), StringComparison.Ordinal);
        Assert.DoesNotContain("Elm", Text(ofAcme), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData(null)]
    public async Task A_tool_that_there_is_not_is_an_error_of_the_protocol(string? version)
    {
        await using var client = await _open.ConnectAsync(version);

        var error = await Assert.ThrowsAsync<McpProtocolException>(() => client.CallToolAsync("forget_everything").AsTask());

        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
        Assert.Contains("recall_memory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_connects_nobody()
    {
        foreach (var key in new[] { null, "", "wrong", McpPlace.NoorKey + "x" })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => _closed.ConnectAsync(null, key));
        }
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, params (string Name, object? Value)[] arguments) =>
        await client.CallToolAsync("recall_memory", arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal));

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
