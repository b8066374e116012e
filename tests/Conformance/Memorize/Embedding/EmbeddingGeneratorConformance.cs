using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Xunit;

namespace Recollect.Conformance.Memorize.Embedding;

/// <summary>What every embedder promises.</summary>
public abstract class EmbeddingGeneratorConformance
{
    private static readonly string[] Texts =
    [
        "I moved to Graz in March.", "I moved to Graz in March.", "Привет, как дела?", "مرحبا، كيف حالك؟", "今日は寒いですね。", "😀😀", "…!?", "the", "a\0b", "\ud800", new('x', 100_000),
    ];

    /// <summary>Makes an embedder.</summary>
    protected abstract IEmbeddingGenerator<string, Embedding<float>> Create();

    [Fact]
    public async Task Every_text_gets_one_vector_in_its_place()
    {
        using var embedder = Create();
        var together = await embedder.GenerateAsync(Texts, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Texts.Length, together.Count);
        for (var i = 0; i < Texts.Length; i++)
        {
            var alone = await embedder.GenerateAsync([Texts[i]], cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(TensorPrimitives.CosineSimilarity(alone[0].Vector.Span, together[i].Vector.Span) > 0.999f);
        }
    }

    [Fact]
    public async Task Every_vector_is_finite_of_the_named_dimensions_and_has_a_length()
    {
        using var embedder = Create();
        var metadata = Assert.IsType<EmbeddingGeneratorMetadata>(embedder.GetService(typeof(EmbeddingGeneratorMetadata)));
        Assert.False(string.IsNullOrEmpty(metadata.DefaultModelId));
        foreach (var made in await embedder.GenerateAsync(Texts, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal(metadata.DefaultModelDimensions, made.Vector.Length);
            Assert.True(TensorPrimitives.Norm(made.Vector.Span) is > 0 and < float.PositiveInfinity);
        }
    }

    [Fact]
    public async Task Equal_texts_get_equal_vectors_and_others_do_not()
    {
        using var embedder = Create();
        var made = await embedder.GenerateAsync(Texts, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(TensorPrimitives.CosineSimilarity(made[0].Vector.Span, made[1].Vector.Span) > 0.999f);
        Assert.True(TensorPrimitives.CosineSimilarity(made[0].Vector.Span, made[4].Vector.Span) < 0.9f);
    }

    [Fact]
    public async Task No_text_gives_no_vector()
    {
        using var embedder = Create();
        Assert.Empty(await embedder.GenerateAsync([], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cancelled_call_ends()
    {
        using var embedder = Create();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await embedder.GenerateAsync(Texts, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Any_text_with_a_word_gets_a_usable_vector()
    {
        using var embedder = Create();
        string[] texts = [.. ArbMap.Default.GeneratorFor<NonEmptyString>().Sample(200).Select(text => "word " + text.Get)];
        var made = await embedder.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(made, embedding => Assert.True(TensorPrimitives.Norm(embedding.Vector.Span) is > 0 and < float.PositiveInfinity));
    }
}
