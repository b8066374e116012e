using Recollect.Connectors.Sqlite.Memories;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class PooledListTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_holds_what_a_list_would_whatever_is_done_with_it(int seed)
    {
        var random = new Random(seed);
        using var pooled = new PooledList<int>();
        var list = new List<int>();
        for (var step = 0; step < 3_000; step++)
        {
            switch (random.Next(100))
            {
                case < 90:
                    pooled.Add(step);
                    list.Add(step);
                    break;
                case < 98:
                    var count = random.Next(500);
                    var first = pooled.AddUnwritten(count);
                    Assert.Equal(list.Count, first);
                    pooled.Items.AsSpan(first, count).Fill(step);
                    list.AddRange(Enumerable.Repeat(step, count));
                    break;
                default:
                    var kept = random.Next(list.Count + 1);
                    pooled.Cut(kept);
                    list.RemoveRange(kept, list.Count - kept);
                    break;
            }

            Assert.Equal(list.Count, pooled.Count);
        }

        Assert.Equal(list, pooled.Span.ToArray());
    }

    [Fact]
    public void What_was_given_back_is_not_given_back_again()
    {
        var pooled = new PooledList<long>();
        pooled.Add(1);
        pooled.Dispose();
        pooled.Dispose();
        Assert.Equal(0, pooled.Count);
        using var one = new PooledList<long>();
        using var other = new PooledList<long>();
        one.Add(2);
        other.Add(3);
        Assert.NotSame(one.Items, other.Items);
    }
}
