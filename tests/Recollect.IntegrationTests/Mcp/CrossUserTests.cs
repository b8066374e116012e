using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.IntegrationTests.Promises;
using Recollect.Server.Access;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

/// <summary>Random questions of random users in random scopes: what comes back is always the asker's to see.</summary>
public sealed class CrossUserTests
{
    private static readonly string[] Words = ["parking", "budget", "sycamore", "review", "harbour", "vault", "March", "cable", "naïve", "漢字", "street", "piano"];
    private static readonly string[] Users = ["dana", "omar", "61", "6", "161", "Dana", "dana ", "%", "user-7", "日本"];
    private static readonly string[] Scopes = ["personal", "departmental", "ministry", "secrets"];
    private static readonly string[] Tenants = ["default", "acme"];

    [Fact]
    public async Task No_question_ever_sees_what_is_not_its_askers()
    {
        var random = new Random(11);
        await using var place = await McpPlace.StartAsync([.. Agents(), new("Server:RequestsPerMinute", "1000000")], [.. Enumerable.Range(0, 400).Select(i => Chat(random, i))]);
        var memories = 0;
        for (var i = 0; i < TestSize.Of(500, 5_000); i++)
        {
            var tenant = Tenants[random.Next(Tenants.Length)];
            var (user, scope) = (Users[random.Next(Users.Length)], Scopes[random.Next(Scopes.Length)]);
            var arguments = new JsonObject { ["scope"] = scope, ["query_summary"] = string.Join(' ', Pick(random), Pick(random), Users[random.Next(Users.Length)]), ["user_id"] = user, ["limit"] = random.Next(1, 51) };

            var (status, result) = await place.CallPlainAsync(new JsonObject { ["name"] = "recall_memory", ["arguments"] = arguments }.ToJsonString(JsonSerializerOptions.Web), $"key of {tenant}");

            Assert.Equal(HttpStatusCode.OK, status);
            foreach (var memory in result.GetProperty("structuredContent").GetProperty("memories").EnumerateArray())
            {
                memories++;
                Assert.Equal(scope, memory.GetProperty("scope").GetString());
                Assert.All(memory.GetProperty("citations").EnumerateArray(), citation => Assert.StartsWith($"{tenant}/{scope}/", citation.GetProperty("text").GetString(), StringComparison.Ordinal));
                if (scope is "personal")
                {
                    Assert.Equal(user, memory.GetProperty("user_id").GetString());
                    Assert.All(memory.GetProperty("citations").EnumerateArray(), citation => Assert.StartsWith($"{tenant}/{scope}/{user}/", citation.GetProperty("text").GetString(), StringComparison.Ordinal));
                }
            }
        }

        Assert.True(memories > 500, "The questions find something.");
    }

    private static string Pick(Random random) => Words[random.Next(Words.Length)];

    private static string Chat(Random random, int i)
    {
        var (tenant, scope, user) = (Tenants[random.Next(Tenants.Length)], Scopes[random.Next(Scopes.Length)], Users[random.Next(Users.Length)]);
        return new JsonObject
        {
            ["id"] = "m1",
            ["thread"] = $"t{i}",
            ["tenant"] = tenant,
            ["scope"] = scope,
            ["user"] = user,
            ["role"] = "user",
            ["text"] = $"{tenant}/{scope}/{user}/ speaks of {Pick(random)} and {Pick(random)} with {Pick(random)}.",
            ["sent_at"] = $"2024-01-05T10:{(i % 60).ToString("00", CultureInfo.InvariantCulture)}:00Z",
        }.ToJsonString(JsonSerializerOptions.Web);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Agents()
    {
        for (var i = 0; i < Tenants.Length; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"Server:Agents:{i}");
            yield return new($"{place}:Name", Tenants[i]);
            yield return new($"{place}:Tenant", Tenants[i]);
            yield return new($"{place}:KeyHash", ApiKey.HashOf($"key of {Tenants[i]}"));
            for (var j = 0; j < Scopes.Length; j++)
            {
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{place}:Scopes:{j}"), Scopes[j]);
            }
        }
    }
}
