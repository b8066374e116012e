using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class MemoryRouteTests(ServerWithMemories shared) : IClassFixture<ServerWithMemories>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Memories_are_listed_newest_first_with_what_a_list_shows()
    {
        var (status, page) = await _server.GetAsync("/api/v1/memories?user=dana");

        Assert.Equal((HttpStatusCode.OK, JsonValueKind.Null), (status, page.GetProperty("next").ValueKind));
        Assert.Equal(["music", "home"], Threads(page), StringComparer.Ordinal);
        var home = page.GetProperty("memories")[1];
        Assert.Equal(
            ["id", "user_id", "scope", "conversation_id", "workspace", "thread", "title", "started_at", "ended_at", "summary", "topics"],
            home.EnumerateObject().Select(field => field.Name),
            StringComparer.Ordinal);
        Assert.Equal(("dana", "personal", "2024-01-05T10:00:30+00:00"), (home.GetProperty("user_id").GetString(), home.GetProperty("scope").GetString(), home.GetProperty("ended_at").GetString()));
        Assert.Contains("Elm Street", home.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dana", "personal", "music", "home")]
    [InlineData("omar", "personal", "trip")]
    [InlineData("DANA", "personal")]
    [InlineData("dana ", "personal")]
    [InlineData("%", "personal")]
    [InlineData("' OR 1=1 --", "personal")]
    [InlineData("漢字\u202e👩‍👩‍👧", "personal")]
    [InlineData("dana", "ministry", "plan")]
    [InlineData("nobody", "ministry", "plan")]
    [InlineData("omar", "Secrets")]
    public async Task Nobody_is_shown_what_is_anothers(string user, string scope, params string[] threads)
    {
        var (status, page) = await _server.GetAsync($"/api/v1/memories?user={Uri.EscapeDataString(user)}&scope={scope}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(threads, Threads(page), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Pages_join_without_gap_or_repetition_also_when_memories_come_and_go()
    {
        var store = _server.Services.GetRequiredService<IMemoryStore>();
        foreach (var number in Enumerable.Range(0, 120))
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", new() { User = "many" }, thread: $"t{number}"), [], CancellationToken.None); // all ended at once
        }

        var (_, first) = await _server.GetAsync("/api/v1/memories?user=many");
        Assert.Equal(50, first.GetProperty("memories").GetArrayLength());
        await store.DeleteAsync([Ids(first)[^1]], CancellationToken.None);
        var seen = Ids(first);
        for (var page = first; page.GetProperty("next").GetString() is { } next;)
        {
            (_, page) = await _server.GetAsync($"/api/v1/memories?user=many&limit=7&after={next}");
            Assert.InRange(page.GetProperty("memories").GetArrayLength(), 1, 7);
            seen.AddRange(Ids(page));
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(number => MemoryRecords.IdOf($"n{number}")).OrderDescending(StringComparer.Ordinal), seen, StringComparer.Ordinal);
        Assert.Equal(119, (await _server.GetAsync("/api/v1/memories?user=many&limit=200")).Body.GetProperty("memories").GetArrayLength());
    }

    [Fact]
    public async Task A_place_in_anothers_list_shows_nothing_of_it()
    {
        var (_, page) = await _server.GetAsync("/api/v1/memories?user=dana&limit=1");
        var next = page.GetProperty("next").GetString();

        Assert.Equal(["home"], Threads((await _server.GetAsync($"/api/v1/memories?user=dana&after={next}")).Body), StringComparer.Ordinal);
        Assert.Empty(Threads((await _server.GetAsync($"/api/v1/memories?user=omar&after={next}")).Body));
        Assert.Empty(Threads((await _server.GetAsync($"/api/v1/memories?user=omar&scope=ministry&after={next}")).Body));
    }

    [Fact]
    public async Task A_memory_is_shown_with_all_that_is_kept_of_it()
    {
        var id = Ids((await _server.GetAsync("/api/v1/memories?user=dana")).Body)[1];

        var (status, memory) = await _server.GetAsync($"/api/v1/memories/{id}?user=dana");

        var stored = Assert.Single(await _server.Services.GetRequiredService<IMemoryStore>().GetAsync([id], CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((id, "default", "dana", "files"), (memory.GetProperty("id").GetString(), memory.GetProperty("tenant_id").GetString(), memory.GetProperty("user_id").GetString(), memory.GetProperty("source").GetString()));
        Assert.Equal((stored.Memory.Fingerprint.MadeBy, stored.Memory.Fingerprint.ContentHash), (memory.GetProperty("made_by").GetString(), memory.GetProperty("content_hash").GetString()));
        Assert.Equal(["m1", "m2"], memory.GetProperty("message_ids").EnumerateArray().Select(message => message.GetString()!), StringComparer.Ordinal);
        Assert.NotEmpty(stored.Memory.Facts);
        Assert.Equal(stored.Memory.Facts.Select(fact => fact.Text), memory.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("text").GetString()!), StringComparer.Ordinal);
        Assert.All(memory.GetProperty("facts").EnumerateArray().SelectMany(fact => fact.GetProperty("citations").EnumerateArray()), CitesItsMessage);
        Assert.All(memory.GetProperty("citations").EnumerateArray(), CitesItsMessage);
    }

    [Fact]
    public async Task Every_field_of_a_memory_is_shown_to_the_letter()
    {
        var rich = MemoryRecords.Rich("rich");
        var agent = new KeyValuePair<string, string?>[] { new("Server:Agents:0:Name", "a"), new("Server:Agents:0:KeyHash", Recollect.Server.Access.ApiKey.HashOf("k")), new("Server:Agents:0:Tenant", rich.Memory.Owner.Tenant), new("Server:Agents:0:Scopes:0", "ministry") };
        await using var server = await RunningServer.WithMemoriesAsync(agent);
        await server.Services.GetRequiredService<IMemoryStore>().UpsertAsync(rich, [], CancellationToken.None);
        server.Client.DefaultRequestHeaders.Add("X-Api-Key", "k");

        var (_, memory) = await server.GetAsync($"/api/v1/memories/{rich.Memory.Id}?user=anyone&scope=ministry");
        var (_, conversation) = await server.GetAsync($"/api/v1/conversations/{rich.Memory.Id}?user=anyone&scope=ministry");

        Assert.Equal(rich.Memory.Data, memory.GetProperty("data").GetRawText());
        Assert.Equal((rich.Memory.Content, "", "%"), (memory.GetProperty("content").GetString(), memory.GetProperty("title").GetString(), memory.GetProperty("thread").GetString()));
        Assert.Equal(rich.Memory.Topics, memory.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()!), StringComparer.Ordinal);
        Assert.Equal(("''quotes''", rich.Messages[0].Text), (memory.GetProperty("citations")[1].GetProperty("quote").GetString(), memory.GetProperty("citations")[1].GetProperty("text").GetString()));
        Assert.Equal(rich.Messages.Select(message => message.Text), conversation.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()!), StringComparer.Ordinal);
        Assert.Equal(rich.Messages.Select(message => message.Id), conversation.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("message_id").GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_memory_of_another_is_not_there()
    {
        var dana = Ids((await _server.GetAsync("/api/v1/memories?user=dana")).Body)[0];
        var plan = Ids((await _server.GetAsync("/api/v1/memories?user=omar&scope=ministry")).Body)[0];
        foreach (var route in new[] { "memories", "conversations" })
        {
            Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync($"/api/v1/{route}/{dana}?user=dana")).Status);
            Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync($"/api/v1/{route}/{plan}?user=nobody&scope=ministry")).Status);
            foreach (var other in new[] { $"{dana}?user=omar", $"{dana}?user=Dana", $"{dana}?user=dana&scope=ministry", $"{plan}?user=omar", $"{dana.ToUpperInvariant()}?user=dana", "nothing?user=dana", "%25?user=dana", "a%2Fb?user=dana" })
            {
                var (status, problem) = await _server.GetAsync($"/api/v1/{route}/{other}");
                Assert.Equal((other, HttpStatusCode.NotFound), (other, status));
                Assert.Contains("has no memory of this id", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Where_no_text_is_kept_citations_have_none_and_conversations_say_so()
    {
        await using var server = await RunningServer.WithMemoriesAsync([new("Stores:KeepText", "false")]);
        var id = Ids((await server.GetAsync("/api/v1/memories?user=dana")).Body)[0];

        var (_, memory) = await server.GetAsync($"/api/v1/memories/{id}?user=dana");
        var (status, problem) = await server.GetAsync($"/api/v1/conversations/{id}?user=dana");

        Assert.All(memory.GetProperty("citations").EnumerateArray(), citation => Assert.Equal(JsonValueKind.Null, citation.GetProperty("text").ValueKind));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Stores:KeepText", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The field user is missing")]
    [InlineData("?user=", "must not be empty")]
    [InlineData("?user=dana&scope=", "must not be empty")]
    [InlineData("?user=dana&user=omar", "given 2 times")]
    [InlineData("?user=dana&limit=0", "between 1 and 200")]
    [InlineData("?user=dana&limit=201", "between 1 and 200")]
    [InlineData("?user=dana&limit=-1", "between 1 and 200")]
    [InlineData("?user=dana&limit=99999999999", "must be a number")]
    [InlineData("?user=dana&limit=", "must be a number")]
    [InlineData("?user=dana&offset=5", "\"offset\" is no field")]
    [InlineData("?user=dana&after=", "leave it out for the first page")]
    [InlineData("?user=dana&after=x", "leave it out for the first page")]
    [InlineData("?user=dana&after=AAAAAAAAAAA", "leave it out for the first page")] // a time without an id
    [InlineData("?user=dana&after=__________9h", "leave it out for the first page")] // before the first of times
    [InlineData("?user=dana&after=K8oodfQ3QABh", "leave it out for the first page")] // after the last
    [InlineData("?user=dana&after=AAAAAAAAAAVh_w", "leave it out for the first page")] // an id that is no text
    [InlineData("?user=dana&after=%27%20OR%201%3D1%20--", "leave it out for the first page")]
    [InlineData("?user=dana&after=AAAAAAAAAABh%00", "leave it out for the first page")]
    public async Task A_page_that_cannot_be_read_is_told_what_is_wrong(string query, string message)
    {
        var (status, problem) = await _server.GetAsync("/api/v1/memories" + query);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_without_end_is_refused_unread()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.GetAsync($"/api/v1/memories?user=dana&after={new string('A', 60_000)}")).Status);
    }

    [Theory]
    [InlineData("memories")]
    [InlineData("memories/any")]
    [InlineData("conversations/any")]
    public async Task Secrets_and_other_tenants_are_refused_without_a_key(string path)
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.GetAsync($"/api/v1/{path}?user=omar&scope=secrets")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.GetAsync($"/api/v1/{path}?user=dana&tenant=acme")).Status);
    }

    private static void CitesItsMessage(JsonElement citation)
    {
        Assert.Contains(citation.GetProperty("message_id").GetString(), new[] { "m1", "m2" }, StringComparer.Ordinal);
        Assert.Contains("Elm Street", citation.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(citation.GetProperty("quote").GetString() is not { } quote || citation.GetProperty("text").GetString()!.Contains(quote, StringComparison.Ordinal));
    }

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("memories").EnumerateArray().Select(memory => memory.GetProperty("id").GetString()!)];

    private static List<string> Threads(JsonElement page) => [.. page.GetProperty("memories").EnumerateArray().Select(memory => memory.GetProperty("thread").GetString()!)];
}
