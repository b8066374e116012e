using Microsoft.Extensions.Options;
using Recollect.Conformance.Servers;
using Recollect.Connectors.OpenAi;
using Recollect.Memorize.Embedding;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

/// <summary>Makes embedders under test, and waits for what they do.</summary>
internal static class Embedders
{
    public const string Key = "sk-test-0123456789";

    /// <summary>Makes an embedder of eight dimensions over a server.</summary>
    public static OpenAiEmbeddingGenerator Of(EmbeddingServer server, Action<OpenAiEmbeddingOptions>? change = null, TimeProvider? time = null)
    {
        var options = new OpenAiEmbeddingOptions { Endpoint = server.Url, ApiKey = Key, Dimensions = 8 };
        change?.Invoke(options);
        return new(Options.Create(options), time ?? TimeProvider.System);
    }

    /// <summary>Embeds texts that must fail.</summary>
    public static Task<EmbeddingException> FailAsync(OpenAiEmbeddingGenerator embedder, params IEnumerable<string> texts) =>
        Assert.ThrowsAsync<EmbeddingException>(() => embedder.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken));
}
