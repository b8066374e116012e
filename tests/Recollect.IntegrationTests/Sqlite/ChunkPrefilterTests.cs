using System.Numerics.Tensors;
using Recollect.Connectors.Sqlite.Memories;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class ChunkPrefilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(1_000)]
    public void The_bounds_of_a_code_hold_the_dot_product(int dimension)
    {
        var random = new Random(dimension);
        for (var round = 0; round < 500; round++)
        {
            var (query, vector) = (Unit(random, dimension), Unit(random, dimension));
            var bounds = new QuantizedQuery(query).Bounds(QuantizedVector.Encode(vector));
            Assert.InRange(TensorPrimitives.Dot<float>(query, vector), bounds.Least, bounds.Most);
            Assert.True(bounds.Hold(TensorPrimitives.Dot<float>(query, vector), 1));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(40)]
    public void The_bounds_hold_of_queries_with_few_numbers(int numbers)
    {
        var random = new Random(numbers);
        for (var round = 0; round < 500; round++)
        {
            var (query, vector) = (new float[64], Unit(random, 64));
            for (var i = 0; i < numbers; i++)
            {
                query[i] = (random.Next(2) == 0 ? -1 : 1) / MathF.Sqrt(numbers);
            }

            var bounds = new QuantizedQuery(query).Bounds(QuantizedVector.Encode(vector));
            Assert.InRange(TensorPrimitives.Dot<float>(query, vector), bounds.Least, bounds.Most);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_536, 1)]
    [InlineData(1_536, -1)]
    [InlineData(65_536, 1)]
    [InlineData(65_536, -1)]
    public void The_largest_sums_fit(int dimension, float sign)
    {
        var vector = new float[dimension];
        vector.AsSpan().Fill(1 / MathF.Sqrt(dimension));
        var query = Array.ConvertAll(vector, value => sign * value);
        var bounds = new QuantizedQuery(query).Bounds(QuantizedVector.Encode(vector));
        Assert.InRange(sign, bounds.Least, bounds.Most);
        Assert.InRange(bounds.Most - bounds.Least, 0, 0.01f);
    }

    [Fact]
    public void The_bounds_are_narrow_enough_to_spare_reading()
    {
        var random = new Random(7);
        var bounds = new QuantizedQuery(Unit(random, 1_024)).Bounds(QuantizedVector.Encode(Unit(random, 1_024)));
        Assert.InRange(bounds.Most - bounds.Least, 0, 0.05f);
    }

    [Fact]
    public void What_is_left_holds_the_nearest_memories_whatever_their_chunks()
    {
        var random = new Random(11);
        var query = Unit(random, 48);
        var chunks = Enumerable.Range(0, 3_000).Select(key => (Key: (long)key, Memory: (long)(key / 3), Vector: Unit(random, 48))).ToList();
        using var left = new PooledList<FoundChunk>();
        var prefilter = new ChunkPrefilter(10, left);
        foreach (var chunk in chunks)
        {
            prefilter.Offer(chunk.Key, chunk.Memory, new QuantizedQuery(query).Bounds(QuantizedVector.Encode(chunk.Vector)));
        }

        prefilter.End();
        var nearest = chunks.GroupBy(chunk => chunk.Memory)
            .Select(memory => memory.MaxBy(chunk => TensorPrimitives.Dot<float>(query, chunk.Vector)))
            .OrderByDescending(chunk => TensorPrimitives.Dot<float>(query, chunk.Vector))
            .Take(10);
        var kept = left.Span.ToArray();
        Assert.All(nearest, chunk => Assert.Contains(kept, found => found.Key == chunk.Key));
        Assert.InRange(kept.Length, 10, 300);
    }

    private static float[] Unit(Random random, int dimension)
    {
        float[] vector = [.. Enumerable.Range(0, dimension).Select(_ => (float)Math.Pow((random.NextDouble() * 2) - 1, 3))];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
