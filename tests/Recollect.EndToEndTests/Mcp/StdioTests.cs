using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Recollect.EndToEndTests.Commands;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Mcp;

/// <summary><c>recollect mcp</c>.</summary>
public sealed class StdioTests : IDisposable
{
    private const string Greeting = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private const string Greeted = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task The_sdks_client_recalls_as_the_agent_that_is_named(string version)
    {
        await FillAsync();
        var key = await _place.JsonAsync("key", "new", "--name", "noor", "--scope", "personal");
        _place.Write("recollect.json", $$"""{"Server":{"Agents":[{{key.GetProperty("agent").GetRawText()}}]} }""");
        await using var client = await ConnectAsync(version, "mcp", "--agent", "NOOR");

        var found = await client.CallToolAsync("recall_memory", Arguments("personal"));
        var refused = await client.CallToolAsync("recall_memory", Arguments("ministry"));

        Assert.Contains("Elm Street", found.StructuredContent!.Value.GetProperty("memories")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal("Agent noor may not read scope ministry; it may read: personal.", Assert.IsType<TextContentBlock>(Assert.Single(refused.Content)).Text);
    }

    [Fact]
    public async Task An_empty_store_has_no_memories_and_that_is_no_error()
    {
        await using var client = await ConnectAsync(null, "mcp");

        var found = await client.CallToolAsync("recall_memory", Arguments("personal"));

        Assert.Equal((false, 0), (found.IsError, found.StructuredContent!.Value.GetProperty("memories").GetArrayLength()));
    }

    [Fact]
    public async Task Standard_output_carries_nothing_but_the_protocol_and_its_input_ends_it()
    {
        await FillAsync();
        string[] lines = ["", "nonsense", "{}", "[1]", "\"\\ud800\"", Greeting, Greeted, Call(2, "dana"), Call(3, "dana\\u0000"), Call(4, "\\ud800"), Call(5, new string('x', 2 * 1024 * 1024))];
        using var process = Start("mcp");
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(line);
        }

        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        var all = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToLookup(answer => answer.GetProperty("id").ValueKind is JsonValueKind.Null);
        var answers = all[false].ToDictionary(answer => answer.GetProperty("id").GetInt32());
        Assert.Equal([1, 2, 3], answers.Keys.Order());
        Assert.Equal([-32700, -32600, -32600, -32700, -32700, -32600], all[true].Select(answer => answer.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Contains("Elm Street", answers[2].GetRawText(), StringComparison.Ordinal);
        Assert.Empty(answers[3].GetProperty("result").GetProperty("structuredContent").GetProperty("memories").EnumerateArray());
        Assert.All(["Elm Street", "dana", "nonsense"], word => Assert.DoesNotContain(word, error + ServingLog.Text(_place), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_without_a_word_on_standard_output(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        using var process = Start("mcp");
        await process.StandardInput.WriteLineAsync(Greeting);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);

        await Starter.RunAsync("bash", Path.GetTempPath(), ["-c", "kill -s \"$0\" \"$1\"", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("", 0), (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.ExitCode));
    }

    [Fact]
    public async Task An_agent_that_there_is_not_is_wrong_use()
    {
        var result = await _place.RunAsync("mcp", "--agent", "noor");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal("recollect: There is no agent \"noor\" in Server:Agents; \"recollect key new --name noor\" makes one.\n", result.Error);
    }

    private static Dictionary<string, object?> Arguments(string scope) =>
        new(StringComparer.Ordinal) { ["scope"] = scope, ["query_summary"] = "Which street do I live in?", ["user_id"] = "dana" };

    private static string Call(int id, string user) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"recall_memory","arguments":{"scope":"personal","query_summary":"Which street do I live in?","user_id":"{{{user}}}"} } }""";

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(RecollectProcess.Program(), arguments)
    {
        WorkingDirectory = _place.Root,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private Task<McpClient> ConnectAsync(string? version, params string[] arguments) => McpClient.CreateAsync(
        new StdioClientTransport(new() { Command = RecollectProcess.Program(), Arguments = arguments, WorkingDirectory = _place.Root }),
        new() { ProtocolVersion = version });

    private async Task FillAsync()
    {
        _place.Write("chats.jsonl", Chats.Small);
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
    }
}
