using System.Text.Json;
using Microsoft.Extensions.AI;
using Recollect.Chat;
using Recollect.Conversations;
using Recollect.Server.Mcp;
using Xunit;

namespace Recollect.IntegrationTests.Chat;

public sealed class RecallFunctionTests : IAsyncDisposable
{
    private readonly ChatPlace _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_described_as_over_the_protocol()
    {
        var function = _place.Memory.CreateRecallFunction(new() { User = "dana" });
        var tool = MemoryToolDefinition.Create();

        Assert.Equal((tool.Name, tool.Description), (function.Name, function.Description));
        Assert.Equal(tool.InputSchema.GetRawText(), function.JsonSchema.GetRawText());
        Assert.Equal(tool.OutputSchema!.Value.GetRawText(), function.ReturnJsonSchema!.Value.GetRawText());
    }

    [Fact]
    public async Task It_recalls_for_its_owner_and_for_nobody_else()
    {
        using var model = new StandInClient();
        using var client = model.UseRecollect(_place.Memory);
        await client.GetResponseAsync("The boat is called Petrel.", ChatPlace.Of("dana"), Token);
        await client.GetResponseAsync("The boat is called Gull.", ChatPlace.Of("omar"), Token);
        await _place.EndAsync();

        var found = Assert.IsType<JsonElement>(await CallAsync(new(StringComparer.Ordinal) { ["scope"] = "personal", ["query_summary"] = "the boat", ["limit"] = 3 }));

        var memory = Assert.Single(found.GetProperty("memories").EnumerateArray());
        Assert.Equal("dana", memory.GetProperty("user_id").GetString());
        Assert.Contains("Petrel", memory.GetProperty("citations")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        var required = MemoryToolDefinition.Create().OutputSchema!.Value.GetProperty("properties").GetProperty("memories").GetProperty("items").GetProperty("required");
        Assert.Equal(required.EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal), memory.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"scope":"personal","query_summary":"boat","user_id":"omar"}""", "user_id must be \"dana\"")]
    [InlineData("""{"scope":"secrets","query_summary":"boat"}""", "scope must be \"personal\"")]
    [InlineData("""{"query_summary":"boat"}""", "scope is required")]
    [InlineData("""{"scope":"personal","query_summary":" "}""", "query_summary must not be empty")]
    [InlineData("""{"scope":"personal","query_summary":"\ud83d"}""", "no well-formed Unicode")]
    [InlineData("""{"scope":"personal","query_summary":"boat","limit":0}""", "limit must be")]
    [InlineData("""{"scope":"personal","query_summary":["boat"]}""", "query_summary must be a text")]
    public async Task A_model_is_told_what_it_did_wrong(string arguments, string expected)
    {
        var given = JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => (object?)field.Value, StringComparer.Ordinal);

        Assert.Contains(expected, Assert.IsType<string>(await CallAsync(new(given, StringComparer.Ordinal))), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    private ValueTask<object?> CallAsync(AIFunctionArguments arguments) => _place.Memory.CreateRecallFunction(new Owner { User = "dana" }).InvokeAsync(arguments, Token);
}
