using Microsoft.Extensions.Configuration;
using Recollect.Connectors.Chroma;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

public sealed class ChromaOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("https://api.trychroma.com/")]
    [InlineData("http://[::1]:8000")]
    [InlineData("https://proxy.example.org/chroma/")]
    public void Usual_addresses_are_taken(string url) => Assert.Empty(Failures(new() { Url = url }));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("127.0.0.1:8000", "is no http or https address")]
    [InlineData("file:///data/memory", "is no http or https address")]
    [InlineData("http://user:secret@host", "holds a user or password")]
    [InlineData("http://host/?token=secret", "holds a query or fragment")]
    [InlineData("http://host/api/v2/secret", "holds the path of the API")]
    public void A_wrong_address_is_refused_without_repeating_it(string url, string expected)
    {
        var failure = Assert.Single(Failures(new() { Url = url }));
        Assert.StartsWith("Stores:Chroma:Url ", failure, StringComparison.Ordinal);
        Assert.Contains(expected, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret\r\nX-Other: 1")]
    [InlineData("secret token")]
    [InlineData("sécret")]
    public void A_token_that_no_header_can_hold_is_refused_without_repeating_it(string token)
    {
        var failure = Assert.Single(Failures(new() { Token = token }));
        Assert.StartsWith("Stores:Chroma:Token ", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("")]
    [InlineData("_memory")]
    [InlineData("mem/ory")]
    [InlineData("mémory_")]
    public void A_prefix_that_no_collection_can_have_is_refused(string prefix) =>
        Assert.StartsWith("Stores:Chroma:CollectionPrefix ", Assert.Single(Failures(new() { CollectionPrefix = prefix })), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var failures = Failures(new() { Tenant = "..", Database = "a/b/../c", Timeout = TimeSpan.Zero, Concurrency = 0 });
        Assert.Equal(["Tenant", "Database", "Timeout", "Concurrency"], failures.Select(failure => failure.Split(' ')[0].Split(':')[^1]), StringComparer.Ordinal);
    }

    [Fact]
    public void Where_the_store_is_not_in_use_nothing_is_checked() => Assert.Empty(Failures(new() { Url = string.Empty }, use: "sqlite"));

    private static string[] Failures(ChromaOptions options, string use = "chroma")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Stores:Use", use)]).Build();
        return [.. new ChromaOptionsValidator(configuration).Validate(name: null, options).Failures ?? []];
    }
}
