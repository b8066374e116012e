using Microsoft.Extensions.Options;
using Recollect.Connectors.OpenAi;
using Recollect.Memorize.Embedding;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("", "Endpoint is empty")]
    [InlineData("localhost:11434", "Endpoint is no http or https address")]
    [InlineData("https://user:hunter2@example.org/v1", "Endpoint holds a user or password")]
    [InlineData("https://example.org/v1#x", "Endpoint holds a fragment")]
    public void A_wrong_address_is_refused_and_not_repeated(string endpoint, string says)
    {
        var failure = Assert.Single(Validate(new() { Endpoint = endpoint }).Failures!);
        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_a_line_break_is_refused_and_not_repeated()
    {
        var failure = Assert.Single(Validate(new() { ApiKey = "sk-secret\n" }).Failures!);
        Assert.DoesNotContain("sk-secret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(4, Validate(new() { Model = "", Dimensions = 0, Concurrency = 0, Endpoint = "" }).Failures!.Count());

    [Fact]
    public void The_defaults_are_right_and_an_embedder_that_is_not_in_use_may_be_wrong()
    {
        Assert.True(Validate(new()).Succeeded);
        Assert.True(Validate(new() { Endpoint = "", Dimensions = 0 }, use: "local").Skipped);
    }

    private static ValidateOptionsResult Validate(OpenAiEmbeddingOptions options, string use = "openai") =>
        new OpenAiEndpointValidator(Options.Create(new EmbeddingOptions { Use = use })).Validate(name: null, options);
}
