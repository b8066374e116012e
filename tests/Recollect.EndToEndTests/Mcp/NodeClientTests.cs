using System.Text.Json;
using Recollect.Conformance;
using Recollect.EndToEndTests.Commands;
using Recollect.EndToEndTests.Scheduling;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Mcp;

/// <summary>The client of another maker (npm @modelcontextprotocol/sdk) against the program itself.</summary>
public sealed class NodeClientTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task It_recalls_over_standard_input_and_output()
    {
        await FillAsync();

        Check(await AskAsync("stdio", RecollectProcess.Program(), "mcp", "--data-root", _place.PathOf("data")), "Without a key the scope \"secrets\" may not be read; it needs an agent that is allowed to (recollect key new --scope secrets).");
    }

    [Fact]
    public async Task It_recalls_over_http_with_a_key()
    {
        await FillAsync();
        var key = await _place.JsonAsync("key", "new", "--name", "noor");
        _place.Write("recollect.json", $$"""{"Server":{"Agents":[{{key.GetProperty("agent").GetRawText()}}]} }""");
        using var server = _place.Start("serve", "--urls", "http://127.0.0.1:0");
        var url = await ServingLog.ListeningAsync(server, _place);

        Check(await AskAsync("http", new Uri(url, "/mcp").AbsoluteUri, key.GetProperty("key").GetString()!), "Agent noor may not read scope secrets; it may read: personal, departmental, ministry.");
        await server.SignalAsync("INT");
        Assert.Equal(0, (await server.EndAsync()).ExitCode);
        Assert.DoesNotContain("Elm", ServingLog.Text(_place), StringComparison.Ordinal);
    }

    private static void Check(JsonElement seen, string forbidden)
    {
        Assert.Equal("recollect", seen.GetProperty("server").GetProperty("name").GetString());
        Assert.Equal(["recall_memory"], seen.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()), StringComparer.Ordinal);
        Assert.Contains("Elm Street", seen.GetProperty("found").GetProperty("memories")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal("dana", seen.GetProperty("found").GetProperty("memories")[0].GetProperty("user_id").GetString());
        Assert.Equal("""{"memories":[]}""", seen.GetProperty("nobody").GetProperty("text").GetString());
        Assert.Equal((true, "user_id is required for personal scope recall."), Refusal(seen.GetProperty("missing")));
        Assert.Equal((true, forbidden), Refusal(seen.GetProperty("forbidden")));
        Assert.Equal(-32602, seen.GetProperty("unknown").GetProperty("code").GetInt32());
    }

    private static (bool IsError, string? Text) Refusal(JsonElement result) => (result.GetProperty("isError").GetBoolean(), result.GetProperty("text").GetString());

    /// <summary>Runs the client where test.sh installed what it needs.</summary>
    private static async Task<JsonElement> AskAsync(params string[] arguments)
    {
        var node = RealTools.Require("node");
        var installed = Path.Combine(Repository.Root, "artifacts", "mcp-client");
        RealTools.SkipUnless(Directory.Exists(Path.Combine(installed, "node_modules", "@modelcontextprotocol", "sdk")), "the client is not installed; ./test.sh installs it");
        var script = Path.Combine(installed, "client.mjs");
        File.Copy(Path.Combine(Repository.Root, "tests/Recollect.EndToEndTests/Mcp/client/client.mjs"), script, overwrite: true);
        var result = await Starter.RunAsync(node, installed, [script, .. arguments]);
        Assert.True(result.ExitCode == 0, result.Error);
        return Workplace.JsonOf(result);
    }

    private async Task FillAsync()
    {
        _place.Write("chats.jsonl", Chats.Small);
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
    }
}
