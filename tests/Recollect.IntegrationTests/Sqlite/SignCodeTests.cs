using System.Numerics;
using System.Numerics.Tensors;
using Recollect.Conformance;
using Recollect.Connectors.Sqlite.Memories.Vectors;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SignCodeTests
{
    [Theory]
    [InlineData(31, false)]
    [InlineData(512, true)]
    [InlineData(384, false)]
    [InlineData(1_536, false)]
    [InlineData(1_536, true)]
    [InlineData(5_000, false)]
    public void Signs_tell_the_cosine_within_what_chance_allows(int dimension, bool isSparse)
    {
        var random = new Random(dimension);
        var (beyond, reached, squares, expected) = (0, 0, 0.0, 0.0);
        const int Rounds = 600;
        for (var round = 0; round < Rounds; round++)
        {
            var vector = Unit(random, dimension, isSparse);
            var query = Near(random, vector, Unit(random, dimension, isSparse));
            var cosine = TensorPrimitives.Dot<float>(vector, query);
            var signs = new byte[SignCode.Bytes];
            SignCode.Encode(vector, signs);
            var asked = new SignQuery(query);
            var distance = new ushort[1];
            SignCode.Distances(asked.Code, signs, distance);
            Assert.Equal(Distance(asked.Code, signs), distance[0]);
            reached += distance[0] <= SignCode.Reach(cosine, 3) ? 1 : 0;
            beyond += Math.Abs(asked.Cosine(signs) - cosine) > 3 * asked.Deviation(cosine) ? 1 : 0;
            squares += Math.Pow(asked.Cosine(signs) - cosine, 2);
            expected += Math.Pow(asked.Deviation(cosine), 2);
        }

        Assert.InRange(reached, Rounds - 6, Rounds);
        Assert.InRange(beyond, 0, 8);
        Assert.InRange(Math.Sqrt(squares / expected), 0.5, 1.2);
    }

    [Fact]
    public void A_vector_of_zeros_has_signs_too()
    {
        var signs = new byte[SignCode.Bytes];
        SignCode.Encode(new float[64], signs);
        Assert.True(float.IsFinite(new SignQuery(new float[64]).Cosine(signs)));
    }

    private static int Distance(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var distance = 0;
        for (var i = 0; i < x.Length; i++)
        {
            distance += BitOperations.PopCount((uint)(x[i] ^ y[i]));
        }

        return distance;
    }

    private static float[] Near(Random random, float[] one, float[] other)
    {
        var share = (float)random.NextDouble();
        return MemoryRecords.Unit([.. one.Zip(other, (x, y) => (share * x) + ((1 - share) * y))]);
    }

    private static float[] Unit(Random random, int dimension, bool isSparse) =>
        MemoryRecords.Unit([.. Enumerable.Range(0, dimension).Select(_ => isSparse && random.Next(20) > 0 ? 1e-9f : (float)((2 * random.NextDouble()) - 1))]);
}
