using Microsoft.Extensions.Configuration;
using Recollect.Connectors.AnythingLlm;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

public sealed class AnythingLlmOptionsTests
{
    [Theory]
    [InlineData("http://localhost:3001/api")]
    [InlineData("https://llm.example.org/some/path/api/")]
    public void A_full_setup_is_accepted(string url) => Assert.Empty(Failures(new() { Url = url, ApiKey = "KEY" }));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("localhost:3001/api", "is no http or https address")]
    [InlineData("ftp://host/api", "is no http or https address")]
    [InlineData("/api", "is no http or https address")]
    [InlineData("http://dana:secret@host/api", "holds a user or password")]
    [InlineData("http://host/api?token=secret", "holds a query or fragment")]
    public void A_wrong_address_is_refused_without_repeating_it(string url, string expected)
    {
        var failure = Assert.Single(Failures(new() { Url = url, ApiKey = "KEY" }));

        Assert.StartsWith($"Sources:AnythingLlm:Url {expected}", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("secret\n", "holds a space, line break")]
    [InlineData("sécret", "holds a space, line break")]
    public void A_wrong_key_is_refused_without_repeating_it(string key, string expected)
    {
        var failure = Assert.Single(Failures(new() { Url = "http://localhost:3001/api", ApiKey = key }));

        Assert.StartsWith($"Sources:AnythingLlm:ApiKey {expected}", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() => Assert.Equal(
        [
            "Sources:AnythingLlm:Timeout is 00:00:00.5000000; it must be between 00:00:01 and 00:10:00.",
            "Sources:AnythingLlm:Attempts is 3; it must be between 4 and 20.",
            "Sources:AnythingLlm:Delay is 01:00:00; it must be between 00:00:00 and 00:02:00.",
            "Sources:AnythingLlm:Tenant is empty.",
            "Sources:AnythingLlm:Scope is empty.",
        ],
        Failures(new() { Timeout = TimeSpan.FromSeconds(0.5), Attempts = 3, Delay = TimeSpan.FromHours(1), Tenant = " ", Scope = string.Empty }, use: "files"),
        StringComparer.Ordinal);

    [Theory]
    [InlineData("files")]
    [InlineData(null)]
    public void Nothing_is_needed_while_another_source_is_in_use(string? use) => Assert.Empty(Failures(new(), use));

    private static IEnumerable<string> Failures(AnythingLlmOptions options, string? use = "anythingllm")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sources:Use", use)]).Build();
        return new AnythingLlmOptionsValidator(configuration).Validate(name: null, options).Failures ?? [];
    }
}
