using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.IntegrationTests.Work;

/// <summary>Memories that others post, and what the routes of the backend give.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostedMemoryTests(PostgresServer postgres) : IAsyncLifetime
{
    private Backend _backend = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await Backend.CreateAsync(postgres);
        var connection = _backend.Tables.Database.ConnectionString;
        await _backend.ServeAsync(null, ("Stores:Use", "postgres"), ("Stores:Postgres:ConnectionString", connection), ("Stores:Postgres:ConversationMemories", "true"), ("Server:RequestsPerMinute", "100000"));
        await _backend.Tables.AddAsync(14);
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task A_memory_is_stored_read_recalled_and_written_again_under_its_id(string prefix)
    {
        var (status, first) = await PostAsync(prefix, """{"conversation_id":3,"memory_data":{"summary":"Dana likes the rings of Saturn.","main_topics":["planets 🪐"]}}""");
        var (_, again) = await PostAsync(prefix, """{"conversation_id":"3","memory_data":{"main_topics":["comets"]},"extra":1}""");
        var (_, read) = await _backend.Server.GetAsync(prefix + "/internal/conversations/3/memory");
        var (_, seed) = await _backend.Server.GetAsync(prefix + "/conversations/3/memory");
        var (_, all) = await _backend.Server.GetAsync(prefix + "/internal/users/4/memories");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("planets 🪐", first.GetProperty("memory_data").GetProperty("main_topics")[0].GetString());
        Assert.Equal(3, first.GetProperty("conversation_id").GetInt32());
        Assert.Equal(first.GetProperty("id").GetInt64(), again.GetProperty("id").GetInt64());
        Assert.Equal(again.GetRawText(), read.GetRawText());
        Assert.Equal(read.GetRawText(), seed.GetRawText());
        Assert.Equal(read.GetRawText(), Assert.Single(all.EnumerateArray()).GetRawText());
        Assert.Equal(1L, await _backend.Tables.GetAsync<long>("SELECT count(*) FROM conversation_memories"));
        var (_, recalled) = await _backend.Server.GetAsync("/api/v1/recall?query=comets&user=4");
        Assert.Equal("3", Assert.Single(recalled.GetProperty("memories").EnumerateArray()).GetProperty("thread").GetString());
    }

    [Fact]
    public async Task What_was_posted_stands_until_the_conversation_changes()
    {
        await PostAsync("", """{"conversation_id":1,"memory_data":{"summary":"Posted."}}""");

        var (_, none) = await _backend.Server.PostAsync("/tasks/trigger-memory-generation-sync", string.Empty);
        var posted = await _backend.Tables.GetAsync<string>("SELECT memory_data->>'summary' FROM conversation_memories WHERE conversation_id = 1");
        await _backend.Tables.SayAsync(1, "Another box.");
        var (_, one) = await _backend.Server.PostAsync("/tasks/trigger-memory-generation-sync", string.Empty);

        Assert.Contains("13 conversations (out of 13", none.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Posted.", posted);
        Assert.Contains("1 conversations (out of 1", one.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("Posted.", await _backend.Tables.GetAsync<string>("SELECT memory_data->>'summary' FROM conversation_memories WHERE conversation_id = 1"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Of_fifty_who_post_at_once_the_last_stands_whole_in_one_row()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n =>
            PostAsync("", string.Create(CultureInfo.InvariantCulture, $$$"""{"conversation_id":2,"memory_data":{"writer":{{{n}}},"proof":"{{{new string((char)('a' + (n % 26)), 500)}}}","again":{{{n}}}}}"""))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("id").GetInt64()).Distinct());
        Assert.Equal(1L, await _backend.Tables.GetAsync<long>("SELECT count(*) FROM conversation_memories WHERE conversation_id = 2"));
        var (_, read) = await _backend.Server.GetAsync("/conversations/2/memory");
        var data = read.GetProperty("memory_data");
        var writer = data.GetProperty("writer").GetInt32();
        Assert.Equal((writer, new string((char)('a' + (writer % 26)), 500)), (data.GetProperty("again").GetInt32(), data.GetProperty("proof").GetString()));
    }

    [Fact]
    public async Task A_conversation_without_a_memory_is_answered_as_the_backend_did()
    {
        foreach (var path in new[] { "/internal/conversations/5/memory", "/api/internal/conversations/5/memory", "/conversations/99/memory", "/conversations/x/memory" })
        {
            using var response = await _backend.Server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("""{"detail":"Memory not found for conversation"}""", await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("/conversations/3/messages")]
    [InlineData("/api/internal/conversations/3/messages_for_brain")]
    public async Task Messages_come_in_order_as_the_backend_gave_them(string path)
    {
        var (_, body) = await _backend.Server.GetAsync(path);

        Assert.True(body.GetProperty("success").GetBoolean());
        var messages = body.GetProperty("messages").EnumerateArray().ToArray();
        Assert.Equal(4, messages.Length);
        Assert.Equal([true, false, true, false], messages.Select(message => message.GetProperty("is_user").GetBoolean()));
        Assert.StartsWith("Message 1 of talk 3", messages[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Number, messages[0].GetProperty("id").ValueKind);
        Assert.Equal(JsonValueKind.Null, messages[0].GetProperty("curiosity_score").ValueKind);
        Assert.True(messages[0].GetProperty("timestamp").GetDateTimeOffset() < messages[3].GetProperty("timestamp").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("", "json_invalid")]
    [InlineData("nothing", "json_invalid")]
    [InlineData("[]", "model_attributes_type")]
    [InlineData("{}", "missing")]
    [InlineData("""{"conversation_id":3}""", "missing")]
    [InlineData("""{"conversation_id":3,"memory_data":null}""", "dict_type")]
    [InlineData("""{"conversation_id":3,"memory_data":"text"}""", "dict_type")]
    [InlineData("""{"conversation_id":3.5,"memory_data":{}}""", "int_type")]
    [InlineData("""{"conversation_id":[],"memory_data":{}}""", "int_type")]
    [InlineData("""{"conversation_id":3,"conversation_id":4,"memory_data":{}}""", "json_invalid")]
    public async Task A_body_that_cannot_be_used_is_answered_as_the_backend_did(string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _backend.Server.Client.PostAsync("/memories", content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(type, Assert.Single(answer.RootElement.GetProperty("detail").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_memory_of_no_conversation_is_refused()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("", """{"conversation_id":99,"memory_data":{}}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("", """{"conversation_id":"nobody","memory_data":{}}""")).Status);
        Assert.Equal(0L, await _backend.Tables.GetAsync<long>("SELECT count(*) FROM conversation_memories"));
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string prefix, string body) => _backend.Server.PostAsync(prefix + "/memories", body);
}
