using System.Net;
using System.Text;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class HostileRequestTests(ServerWithMemories shared) : IClassFixture<ServerWithMemories>
{
    private const string Recall = "/api/v1/recall";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("{", "it is no JSON")]
    [InlineData("{\"query\":\"xyzzy", "it is no JSON")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("\"xyzzy\"", "must be a JSON object")]
    [InlineData("{}", "The field query is missing")]
    [InlineData("{\"query\":\"xyzzy\"}", "The field user is missing")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"\"}", "must not be empty")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\" \\n\"}", "must not be empty")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"scope\":\"\"}", "must not be empty")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":null}", "the field user")]
    [InlineData("{\"query\":[\"xyzzy\"],\"user\":\"dana\"}", "the field query")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":7}", "the field user")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"top\":\"5\"}", "the field top")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"top\":0}", "between 1 and 1000")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"top\":1001}", "between 1 and 1000")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"top\":1.5}", "the field top")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"top\":99999999999}", "the field top")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"min_similarity\":2}", "between -1 and 1")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"min_similarity\":1e999}", "between -1 and 1")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"by\":\"line\"}", "conversation or message")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"scop\":\"ministry\"}", "\"scop\" is no field; known: query, user, scope")]
    [InlineData("{\"query\":\"xyzzy\",\"User\":\"dana\"}", "\"User\" is no field")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"user\":\"omar\"}", "it is no JSON")]
    [InlineData("{\"query\":\"\\ud800 xyzzy\",\"user\":\"dana\"}", "no well-formed text")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"\\ud800\":1}", "well-formed")]
    [InlineData("{\"query\":\"xyzzy\",\"user\":\"dana\",\"x\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}", "it is no JSON")]
    public async Task A_body_that_cannot_be_read_is_told_what_is_wrong(string body, string message)
    {
        var (status, problem) = await _server.PostAsync(Recall, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Log.All, line => line.Contains("xyzzy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "The field query is missing")]
    [InlineData("?query=xyzzy", "The field user is missing")]
    [InlineData("?query=xyzzy&user=", "must not be empty")]
    [InlineData("?query=xyzzy&user=dana&user=omar", "given 2 times")]
    [InlineData("?query=xyzzy&user=dana&top=many", "must be a number")]
    [InlineData("?query=xyzzy&user=dana&top=1.5", "must be a number")]
    [InlineData("?query=xyzzy&user=dana&min_similarity=NaN", "must be")]
    [InlineData("?query=xyzzy&user=dana&scop=ministry", "\"scop\" is no field")]
    [InlineData("?query=xyzzy&USER=dana", "\"USER\" is no field")]
    [InlineData("?query=xyzzy&user=dana&%00=1", "is no field")]
    public async Task So_is_a_query_string(string query, string message)
    {
        var (status, problem) = await _server.GetAsync(Recall + query);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Log.All, line => line.Contains("xyzzy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ?!… ")]
    [InlineData("\0street\0")]
    [InlineData("street OR \"1\"=\"1'; DROP TABLE memories; --")]
    [InlineData("👩‍👩‍👧 漢字 اجتماع ‮street")]
    public async Task Any_text_may_be_asked(string text)
    {
        var (posted, _) = await _server.PostAsync(Recall, System.Text.Json.JsonSerializer.Serialize(new { query = text, user = "dana" }));
        var (got, _) = await _server.GetAsync($"{Recall}?user=dana&query={Uri.EscapeDataString(text)}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (posted, got));
    }

    [Theory]
    [InlineData("street ")]
    [InlineData("straße漢")]
    public async Task A_question_of_ten_thousand_characters_is_answered(string word)
    {
        var text = string.Concat(Enumerable.Repeat(word, (10_000 / word.Length) + 1));

        var (posted, _) = await _server.PostAsync(Recall, System.Text.Json.JsonSerializer.Serialize(new { query = text, user = "dana" }));
        var (got, _) = await _server.GetAsync($"{Recall}?user=dana&query={Uri.EscapeDataString(text)}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (posted, got));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_two_megabytes_is_refused(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Recall) { Content = new StringContent($"{{\"query\":\"{new string('x', 2_000_000)}\",\"user\":\"dana\"}}", Encoding.UTF8, "application/json") };
        request.Headers.ExpectContinue = true; // so that the answer comes before the body is sent
        request.Headers.TransferEncodingChunked = chunked;

        var (status, problem) = await RunningServer.ReadAsync(await _server.Client.SendAsync(request));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("1048576", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/health/live")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_still_sends_what_is_too_large_gets_the_answer(bool chunked)
    {
        using var body = new ByteArrayContent(new byte[64 * 1024 * 1024]); // far more than lies between the two programs
        body.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Recall) { Content = body };
        request.Headers.TransferEncodingChunked = chunked;

        var (status, problem) = await RunningServer.ReadAsync(await _server.Client.SendAsync(request));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("1048576", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_refused()
    {
        using var content = new ByteArrayContent([.. "{\"query\":\""u8, 0xFF, 0xFE, .. "\",\"user\":\"dana\"}"u8]);
        content.Headers.ContentType = new("application/json");

        var (status, _) = await RunningServer.ReadAsync(await _server.Client.PostAsync(Recall, content));

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task What_is_not_said_to_be_json_is_refused(string contentType)
    {
        var (status, _) = await _server.PostAsync(Recall, """{"query":"street","user":"dana"}""", contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    [Theory]
    [InlineData("DELETE", Recall, HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/api/v1/runs", HttpStatusCode.MethodNotAllowed)]
    [InlineData("XYZZY", "/health/live", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/health/ready", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/xyzzy", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v2/recall", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/runs/xyzzy", HttpStatusCode.NotFound)]
    [InlineData("GET", "/openapi/xyzzy.json", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/memories", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/v1/memories/xyzzy", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "/api/v1/memories", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/v1/conversations/xyzzy", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/v1/runs/xyzzy/events", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/v1/runs/xyzzy/events", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/users/forget", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/v1/users/xyzzy", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_told_as_a_problem(string method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new(method), path);

        var (status, _) = await RunningServer.ReadAsync(await _server.Client.SendAsync(request));

        Assert.Equal(expected, status);
        Assert.DoesNotContain(_server.Log.All, line => line.Contains("xyzzy", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/api/v1/memories?user=dana")]
    [InlineData("/api/v1/runs/xyzzy/events")]
    [InlineData("/api/v1/users/forget")]
    public async Task A_head_is_no_get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await _server.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, 0), (response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task What_is_answered_is_logged_without_the_question()
    {
        await using var server = await RunningServer.WithMemoriesAsync();
        await server.GetAsync($"{Recall}?query=xyzzy+street&user=dana");
        await server.PostAsync(Recall, """{"query":"xyzzy street","user":"dana"}""");
        await server.StopAsync();

        Assert.Contains(server.Log.All, line => line.StartsWith("GET /api/v1/recall 200 in ", StringComparison.Ordinal));
        Assert.Contains(server.Log.All, line => line.StartsWith("POST /api/v1/recall 200 in ", StringComparison.Ordinal));
        Assert.All(["xyzzy", "Elm Street", "dana"], word => Assert.DoesNotContain(server.Log.All, line => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
