using System.Numerics.Tensors;
using Recollect.Conformance.Servers;
using Recollect.Connectors.OpenAi;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

public sealed class RequestTests : IAsyncLifetime
{
    private EmbeddingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmbeddingServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_request_has_what_the_api_asks_for()
    {
        using var embedder = Embedders.Of(_server);
        var made = await embedder.GenerateAsync(["one", "two"], cancellationToken: TestContext.Current.CancellationToken);

        var call = Assert.Single(_server.Calls);
        Assert.Equal(("/v1/embeddings", $"Bearer {Embedders.Key}", "text-embedding-3-small", 8, "float"), (call.Path, call.Authorization, call.Model, call.Dimensions!.Value, call.Encoding!));
        Assert.Equal(["one", "two"], call.Inputs);
        Assert.Equal(2, made.Usage!.InputTokenCount);
    }

    [Theory]
    [InlineData("text-embedding-3-large", DimensionsField.Auto, true)]
    [InlineData("openai/text-embedding-3-small", DimensionsField.Auto, true)]
    [InlineData("text-embedding-ada-002", DimensionsField.Auto, false)]
    [InlineData("nomic-embed-text", DimensionsField.Auto, false)]
    [InlineData("my-deployment", DimensionsField.Always, true)]
    [InlineData("text-embedding-3-small", DimensionsField.Never, false)]
    public async Task Dimensions_are_asked_for_only_where_the_model_knows_them(string model, DimensionsField sends, bool expected)
    {
        _server.Dimensions = 8;
        using var embedder = Embedders.Of(_server, options => (options.Model, options.SendDimensions) = (model, sends));
        await embedder.GenerateAsync(["one"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, Assert.Single(_server.Calls).Dimensions is not null);
    }

    [Fact]
    public async Task A_server_without_a_key_gets_none_and_a_query_of_the_address_is_kept()
    {
        using var embedder = Embedders.Of(_server, options => (options.ApiKey, options.Endpoint) = (string.Empty, options.Endpoint + "/?api-version=preview"));
        await embedder.GenerateAsync(["one"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("/v1/embeddings?api-version=preview", string.Empty), (Assert.Single(_server.Calls).Path, Assert.Single(_server.Calls).Authorization));
    }

    [Fact]
    public async Task Vectors_come_in_the_order_of_the_texts_whatever_the_order_of_the_answer()
    {
        using var embedder = Embedders.Of(_server);
        string[] texts = [.. Enumerable.Range(0, 500).Select(i => $"text {i}")];
        var made = await embedder.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.True(TensorPrimitives.CosineSimilarity(made[i].Vector.Span, EmbeddingServer.Vector(texts[i], 8)) > 0.999f);
        }
    }

    [Fact]
    public async Task No_empty_text_is_ever_sent()
    {
        using var embedder = Embedders.Of(_server);
        var failure = await Embedders.FailAsync(embedder, "one", string.Empty);
        Assert.False(failure.IsTransient);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task Requests_keep_within_inputs_and_tokens()
    {
        using var embedder = Embedders.Of(_server, options => options.MaxTokens = 50_000);
        var texts = Enumerable.Range(0, 5_000).Select(i => $"{i}").Concat(Enumerable.Range(0, 60).Select(i => string.Concat(Enumerable.Repeat("so we said ", 600)) + i));
        var made = await embedder.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(5_060, made.Count);
        Assert.All(_server.Calls, call => Assert.InRange(call.Inputs.Count, 1, 2_048));
        Assert.All(_server.Calls, call => Assert.InRange(call.Inputs.Sum(_server.CountTokens), 1, 50_000));
    }

    [Fact]
    public async Task Scripts_of_many_bytes_do_not_break_the_limit_of_tokens()
    {
        _server.CountTokens = static text => System.Text.Encoding.UTF8.GetByteCount(text) / 2; // as the older vocabulary counts Greek
        using var embedder = Embedders.Of(_server);
        var texts = Enumerable.Range(0, 120).Select(i => string.Concat(Enumerable.Repeat("Χθες μετακόμισα επιτέλους ", 270)) + i);
        Assert.Equal(120, (await embedder.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task A_text_that_no_request_can_hold_is_a_clear_failure()
    {
        using var embedder = Embedders.Of(_server, options => options.MaxTokens = 100);
        var failure = await Embedders.FailAsync(embedder, string.Concat(Enumerable.Repeat("word ", 500)));
        Assert.False(failure.IsTransient);
        Assert.Contains("Embedding:ChunkCharacters", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task Where_the_server_counts_no_tokens_they_are_estimated()
    {
        _server.SaysUsage = false;
        using var embedder = Embedders.Of(_server);
        var made = await embedder.GenerateAsync(["We moved to Graz."], cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(made.Usage!.InputTokenCount!.Value, 4, 7);
    }
}
