using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli.Output;
using Recollect.Recall;
using Recollect.Server.Api;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class RecallRouteTests(ServerWithMemories shared) : IClassFixture<ServerWithMemories>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task It_answers_exactly_what_the_command_prints()
    {
        var query = new RecallQuery { Owner = new() { User = "dana" }, Text = "which street?", Top = 2 };
        var engine = _server.Services.GetRequiredService<RecallEngine>();
        var memories = JsonSerializer.Serialize(RecalledMemoriesJson.From(await engine.RecallAsync(query, CancellationToken.None)), OutputJson.Readable.RecalledMemoriesJson);
        var messages = JsonSerializer.Serialize(RecalledMessagesJson.From(await engine.RecallMessagesAsync(query, CancellationToken.None)), OutputJson.Readable.RecalledMessagesJson);

        Assert.Equal(memories, await _server.Client.GetStringAsync("/api/v1/recall?query=which+street%3F&user=dana&top=2"));
        Assert.Equal(messages, await _server.Client.GetStringAsync("/api/v1/recall?query=which+street%3F&user=dana&top=2&by=message&scope=personal&tenant=default"));
        Assert.Equal(memories, (await _server.PostAsync("/api/v1/recall", """{"query":"which street?","user":"dana","top":2}""")).Body.GetRawText());
        Assert.Equal(messages, (await _server.PostAsync("/api/v1/recall", """{"query":"which street?","user":"dana","top":2,"by":"message","scope":null}""")).Body.GetRawText());
        Assert.Contains("14 Elm Street", memories, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dana", "personal", "home", "music")]
    [InlineData("omar", "personal", "trip")]
    [InlineData("DANA", "personal")]
    [InlineData("dana ", "personal")]
    [InlineData("nobody", "personal")]
    [InlineData("%", "personal")]
    [InlineData("dana", "ministry", "plan")]
    [InlineData("nobody", "ministry", "plan")]
    [InlineData("omar", "Secrets")]
    public async Task Nobody_sees_what_is_anothers(string user, string scope, params string[] threads)
    {
        var body = JsonSerializer.Serialize(new { query = "street Elm Street piano Lisbon hotel ministry vault Acme", user, scope, top = 100 });

        var (status, found) = await _server.PostAsync("/api/v1/recall", body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(threads.Order(StringComparer.Ordinal), found.GetProperty("memories").EnumerateArray().Select(memory => memory.GetProperty("thread").GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"query":"vault street","user":"omar","scope":"secrets"}""")]
    [InlineData("""{"query":"Acme street","user":"dana","tenant":"acme"}""")]
    [InlineData("""{"query":"Acme street","user":"dana","tenant":"DEFAULT"}""")]
    public async Task Without_a_key_secrets_and_other_tenants_are_refused(string body)
    {
        var (status, problem) = await _server.PostAsync("/api/v1/recall", body);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_least_similarity_leaves_out_what_is_less_alike()
    {
        var (status, found) = await _server.GetAsync("/api/v1/recall?query=street&user=dana&min_similarity=0.999");

        Assert.Equal((HttpStatusCode.OK, 0), (status, found.GetProperty("memories").GetArrayLength()));
    }

    [Fact]
    public async Task Recall_by_message_says_that_it_is_off_where_no_text_is_kept()
    {
        await using var server = await RunningServer.WithMemoriesAsync([new("Stores:KeepText", "false")]);

        var (status, problem) = await server.GetAsync("/api/v1/recall?query=street&user=dana&by=message");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Stores:KeepText is false", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_ask_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => _server.GetAsync($"/api/v1/recall?query=street&user={(i % 2 == 0 ? "dana" : "omar")}")));

        Assert.All(answers.Index(), answer => Assert.Equal(answer.Index % 2 == 0 ? 2 : 1, answer.Item.Body.GetProperty("memories").GetArrayLength()));
    }
}
