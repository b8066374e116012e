using Recollect.Memorize.Embedding;
using Xunit;

namespace Recollect.UnitTests.Memorize.Embedding;

public sealed class VectorCheckTests
{
    [Fact]
    public void A_vector_comes_back_at_unit_length() => Assert.Equal([0.6f, 0.8f], VectorCheck.Normalised(new float[] { 3, 4 }, 2).ToArray());

    [Theory]
    [InlineData(new float[] { }, null)]
    [InlineData(new float[] { 1, 0 }, 3)]
    [InlineData(new float[] { 0, 0 }, 2)]
    [InlineData(new float[] { 1, float.NaN }, null)]
    [InlineData(new float[] { 1, float.NegativeInfinity }, 2)]
    [InlineData(new float[] { float.MaxValue, float.MaxValue }, 2)]
    public void A_vector_that_a_search_could_not_use_is_refused(float[] vector, int? dimensions) =>
        Assert.Throws<EmbeddingException>(() => VectorCheck.Normalised(vector, dimensions));

    [Fact]
    public void The_mean_of_one_is_itself_and_of_opposites_is_refused()
    {
        Assert.Equal([1f, 0f], VectorCheck.Mean([new float[] { 1, 0 }]).ToArray());
        Assert.Throws<EmbeddingException>(() => VectorCheck.Mean([new float[] { 1, 0 }, new float[] { -1, 0 }]));
    }
}
