using Microsoft.Extensions.Configuration;
using Recollect.Connectors.Neo4j;
using Xunit;

namespace Recollect.IntegrationTests.Neo4j;

public sealed class Neo4jOptionsTests
{
    [Theory]
    [InlineData("bolt://localhost:7687", "http://localhost:7474/db/neo4j/query/v2")]
    [InlineData("bolt://localhost", "http://localhost:7474/db/neo4j/query/v2")]
    [InlineData("neo4j://db.example.org:7687", "http://db.example.org:7474/db/neo4j/query/v2")]
    [InlineData("bolt+s://db.example.org:7687", "https://db.example.org:7473/db/neo4j/query/v2")]
    [InlineData("bolt+ssc://db.example.org", "https://db.example.org:7473/db/neo4j/query/v2")]
    [InlineData("neo4j+s://db.example.org", "https://db.example.org:7473/db/neo4j/query/v2")]
    [InlineData("neo4j+ssc://db.example.org/", "https://db.example.org:7473/db/neo4j/query/v2")]
    [InlineData("neo4j+s://1a2b3c4d.databases.neo4j.io", "https://1a2b3c4d.databases.neo4j.io/db/neo4j/query/v2")]
    [InlineData("neo4j+s://1a2b3c4d.databases.neo4j.io:7687", "https://1a2b3c4d.databases.neo4j.io/db/neo4j/query/v2")]
    [InlineData("http://localhost:7474", "http://localhost:7474/db/neo4j/query/v2")]
    [InlineData("https://db.example.org:7473/", "https://db.example.org:7473/db/neo4j/query/v2")]
    [InlineData("https://proxy.example.org/graph/", "https://proxy.example.org/graph/db/neo4j/query/v2")]
    [InlineData("bolt://[::1]:7687", "http://[::1]:7474/db/neo4j/query/v2")]
    public void The_query_API_is_found_from_every_usual_address(string uri, string expected)
    {
        Assert.Empty(Failures(new() { Uri = uri, Password = "x" }));
        Assert.Equal(expected, QueryAddress.Of(uri, "neo4j").AbsoluteUri);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("localhost:7687", "is no address of Neo4j")]
    [InlineData("ftp://host", "is no address of Neo4j")]
    [InlineData("bolt://neo4j:secret@host", "holds a user or password")]
    [InlineData("http://host:7474/?token=secret", "holds a query or fragment")]
    [InlineData("bolt://host:7687/secret", "holds a path")]
    [InlineData("bolt://host:17687", "names a Bolt port of its own")]
    public void A_wrong_address_is_refused_without_repeating_it(string uri, string expected)
    {
        var failure = Assert.Single(Failures(new() { Uri = uri, Password = "x" }));
        Assert.StartsWith($"Stores:Neo4j:Uri {expected}", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("neo4j")]
    [InlineData("memory.semantic-index")]
    [InlineData("1ab")]
    public void A_legal_name_of_a_database_is_accepted(string name) => Assert.Empty(Failures(new() { Database = name, Password = "x" }));

    [Theory]
    [InlineData("memory_semantic_index", "belongs into IndexName")]
    [InlineData("ab", "3 to 63")]
    [InlineData("", "3 to 63")]
    [InlineData("-abc", "3 to 63")]
    [InlineData("a/../b", "3 to 63")]
    [InlineData("données", "3 to 63")]
    [InlineData("system", "holds no data")]
    public void An_illegal_name_of_a_database_is_refused(string name, string expected)
    {
        var failure = Assert.Single(Failures(new() { Database = name, Password = "x" }));
        Assert.StartsWith($"Stores:Neo4j:Database is \"{name}\"", failure, StringComparison.Ordinal);
        Assert.Contains(expected, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1index")]
    [InlineData("a`) OPTIONS {}")]
    [InlineData("my-index")]
    public void A_name_of_an_index_that_could_be_more_than_a_name_is_refused(string name) =>
        Assert.StartsWith("Stores:Neo4j:IndexName", Assert.Single(Failures(new() { IndexName = name, Password = "x" })), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() => Assert.Equal(
        ["User", "Password", "SessionSource", "Dimensions", "Timeout", "Concurrency"],
        Failures(new() { User = "a:b", SessionSource = " ", Dimensions = 0, Timeout = TimeSpan.Zero, Concurrency = 0 }).Select(failure => failure.Split(' ')[0].Split(':')[2]),
        StringComparer.Ordinal);

    [Fact]
    public void Nothing_is_needed_while_another_store_is_in_use() => Assert.Empty(Failures(new() { Uri = string.Empty }, use: "sqlite"));

    private static IEnumerable<string> Failures(Neo4jOptions options, string use = "neo4j")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Stores:Use", use)]).Build();
        return new Neo4jOptionsValidator(configuration).Validate(name: null, options).Failures ?? [];
    }
}
