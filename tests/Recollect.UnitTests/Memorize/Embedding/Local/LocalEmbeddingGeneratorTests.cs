using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Recollect.Memorize.Embedding.Local;
using Xunit;

namespace Recollect.UnitTests.Memorize.Embedding.Local;

public sealed class LocalEmbeddingGeneratorTests
{
    [Fact]
    public void Every_text_but_white_space_has_a_finite_vector_of_unit_length() =>
        Prop.ForAll<string?>(value =>
        {
            var text = string.IsNullOrWhiteSpace(value) ? "x" : value;
            var vector = Embed(text, 64);
            return MathF.Abs(TensorPrimitives.Norm<float>(vector) - 1) < 1e-4f && vector.All(float.IsFinite);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_of_function_words_emoji_or_punctuation_alone_has_a_vector() =>
        Assert.All(["what is it", "😀", "😀😀🎉", "...", "?", "\uD83D", "\u200D"], text => Assert.Equal(1, TensorPrimitives.Norm<float>(Embed(text)), 1e-4f));

    [Fact]
    public async Task White_space_is_refused_by_its_place()
    {
        using var generator = Create(64);
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync(["dog", " \n"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("Text 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_text_gives_the_same_bits_in_any_company()
    {
        using var generator = Create(256);
        var together = Generate(generator, "first text", "A dog in the park", "last text");
        Assert.Equal(Embed("A dog in the park", 256), together[1].Vector.ToArray());
    }

    [Fact]
    public void Stored_vectors_stay_valid() // a change of this number needs a new model name
    {
        var vector = Embed("My daughter won a swimming race on 3 May.", 64);
        Assert.Equal(Fingerprint, string.Join(' ', vector.Take(6).Select(x => x.ToString("F4", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Texts_that_share_meaning_but_no_word_are_closer_than_strangers() =>
        Assert.True(Cosine("My mother is ill", "Dad went to see a physician") > Cosine("My mother is ill", "The train was late") + 0.02f);

    [Fact]
    public void Forms_of_a_word_are_close() => Assert.True(Cosine("He collected stamps", "collecting a stamp") > 0.8f);

    [Fact]
    public void Misspelt_words_are_closer_than_strangers() => Assert.True(Cosine("photograhpy", "photography", 4_096) > Cosine("photograhpy", "carpentry", 4_096));

    [Fact]
    public void Long_text_of_many_distinct_words_is_embedded()
    {
        var text = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"word{i}"));
        Assert.Equal(1, TensorPrimitives.Norm<float>(Embed(text)), 1e-4f);
    }

    [Fact]
    public void It_says_its_name_and_dimensions()
    {
        using var generator = Create(128);
        var metadata = (EmbeddingGeneratorMetadata?)generator.GetService(typeof(EmbeddingGeneratorMetadata));
        Assert.Equal(("local", "local-hash-v1", 128), (metadata?.ProviderName, metadata?.DefaultModelId, metadata?.DefaultModelDimensions));
    }

    [Fact]
    public async Task Other_dimensions_than_its_own_are_refused()
    {
        using var generator = Create(128);
        await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync(["dog"], new EmbeddingGenerationOptions { Dimensions = 64 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Dimensions_out_of_range_are_refused() =>
        Assert.All([0, 63, 4_097], dimensions => Assert.Throws<ArgumentOutOfRangeException>(() => Create(dimensions)));

    [Fact]
    public async Task A_cancelled_batch_stops()
    {
        using var generator = Create(64);
        await Assert.ThrowsAsync<OperationCanceledException>(() => generator.GenerateAsync(["dog"], cancellationToken: new CancellationToken(canceled: true)));
    }

    private const string Fingerprint = "-0.0705 -0.0333 0.1467 0.0333 0.0000 0.0000";

    private static LocalEmbeddingGenerator Create(int dimensions) => new(new LocalEmbeddingOptions { Dimensions = dimensions });

    private static float Cosine(string a, string b, int dimensions = 1_024) =>
        TensorPrimitives.Dot<float>(Embed(a, dimensions), Embed(b, dimensions));

    private static float[] Embed(string text, int dimensions = 1_024)
    {
        using var generator = Create(dimensions);
        return Generate(generator, text)[0].Vector.ToArray();
    }

    private static GeneratedEmbeddings<Embedding<float>> Generate(LocalEmbeddingGenerator generator, params string[] texts)
    {
        var task = generator.GenerateAsync(texts);
        Assert.True(task.IsCompletedSuccessfully);
#pragma warning disable VSTHRD002 // it has ended, as was just asserted
        return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }
}
