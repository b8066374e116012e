using Recollect.Memorize.Delivery;
using Xunit;

namespace Recollect.Conformance.Memorize.Delivery;

/// <summary>What every delivery promises.</summary>
public abstract class DeliveryConformance
{
    /// <summary>Gets the delivery under test.</summary>
    protected abstract IDelivery Delivery { get; }

    /// <summary>Gets what the receiver got so far: the key and the memory's id, in order.</summary>
    protected abstract IReadOnlyList<(string Key, string MemoryId)> Received { get; }

    /// <summary>Makes the receiver refuse, or take again, what comes next.</summary>
    protected abstract void Refuse(bool refuses);

    [Fact]
    public async Task The_receiver_gets_the_memory_under_its_key()
    {
        var memory = MemoryRecords.Of("a").Memory;
        await Delivery.DeliverAsync(memory, "key-1", CancellationToken.None);
        Assert.Equal([("key-1", memory.Id)], Received);
    }

    [Fact]
    public async Task The_same_key_may_come_again()
    {
        var memory = MemoryRecords.Of("a").Memory;
        await Delivery.DeliverAsync(memory, "key-1", CancellationToken.None);
        await Delivery.DeliverAsync(memory, "key-1", CancellationToken.None);
        Assert.All(Received, one => Assert.Equal("key-1", one.Key));
    }

    [Fact]
    public async Task A_refusal_is_an_exception_of_the_seam_and_the_next_delivery_is_not_hurt_by_it()
    {
        Refuse(true);
        await Assert.ThrowsAsync<DeliveryException>(async () => await Delivery.DeliverAsync(MemoryRecords.Of("a").Memory, "key-1", CancellationToken.None));
        Refuse(false);
        await Delivery.DeliverAsync(MemoryRecords.Of("b").Memory, "key-2", CancellationToken.None);
        Assert.Equal("key-2", Assert.Single(Received).Key);
    }

    [Fact]
    public async Task What_is_cancelled_before_it_is_sent_never_arrives()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Delivery.DeliverAsync(MemoryRecords.Of("a").Memory, "key-1", new CancellationToken(canceled: true)));
        Assert.Empty(Received);
    }

    [Fact]
    public async Task Deliveries_may_be_made_concurrently()
    {
        await Parallel.ForAsync(0, 50, async (i, token) => await Delivery.DeliverAsync(MemoryRecords.Of($"m{i}").Memory, $"key-{i}", token));
        Assert.Equal(50, Received.DistinctBy(one => one.Key, StringComparer.Ordinal).Count());
    }

    [Fact]
    public void It_has_a_name() => Assert.False(string.IsNullOrWhiteSpace(Delivery.Name));
}
