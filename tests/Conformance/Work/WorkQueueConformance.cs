using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Recollect.Work;
using Xunit;

namespace Recollect.Conformance.Work;

/// <summary>What every work queue promises.</summary>
public abstract class WorkQueueConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Gets a value indicating whether messages outlive the process that took them.</summary>
    protected virtual bool OutlivesProcess => true;

    /// <summary>Makes an empty queue that is independent of every other.</summary>
    protected abstract ValueTask<IWorkQueue> CreateAsync();

    /// <summary>Makes another worker's access to the same queue; the same one where nobody else can reach it.</summary>
    protected abstract ValueTask<IWorkQueue> ConnectAsync(IWorkQueue queue);

    /// <summary>Ends a worker with all that it holds.</summary>
    protected abstract ValueTask EndAsync(IWorkQueue queue);

    /// <summary>Reads the messages that were put aside.</summary>
    protected abstract Task<IReadOnlyList<DeadLetter>> ReadDeadAsync(IWorkQueue queue, int count);

    [Theory]
    [InlineData("""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":[1,2,3]}""")]
    [InlineData("x")]
    [InlineData(" \t\r\n leading and trailing \n\t ")]
    [InlineData("👩‍👩‍👧‍👦 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 – שלום עולם – مرحبا – नमस्ते – e\u0301 \uFFFD")]
    [InlineData("\\ \" ' \\u0041 &amp; <b> %41 +\u007F\u0085\u2028")]
    public async Task A_body_comes_as_it_was_sent(string body)
    {
        var queue = await CreateAsync();
        Assert.NotEmpty(queue.Name);
        await queue.SendAsync(new(body), None);
        await using var receiver = new Receiver(queue, 1);
        var delivery = await receiver.NextAsync();
        Assert.Equal(body, delivery.Message.Body, StringComparer.Ordinal);
        Assert.Null(delivery.Message.TraceParent);
        Assert.Equal(1, delivery.Deliveries);
        await delivery.CompleteAsync(None);
        await AssertEmptyAsync(queue, dead: 0);
    }

    [Fact]
    public async Task The_trace_of_the_sender_comes_beside_the_body()
    {
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var queue = await CreateAsync();
        await queue.SendAsync(new("traced") { TraceParent = trace }, None);
        await using var receiver = new Receiver(queue, 1);
        var first = await receiver.NextAsync();
        Assert.Equal(new QueueMessage("traced") { TraceParent = trace }, first.Message);
        await first.ReturnAsync(None);
        var again = await receiver.NextAsync();
        Assert.Equal(trace, again.Message.TraceParent, StringComparer.Ordinal);
        await again.CompleteAsync(None);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused_and_nothing_is_there()
    {
        var queue = await CreateAsync();
        var most = await queue.GetMaxBytesAsync(None);
        Assert.InRange(most, 1_024, int.MaxValue);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await queue.SendAsync(new(string.Empty), None));
        var refused = await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new(new string('x', most + 1)), None));
        Assert.False(refused.IsTransient);
        Assert.Contains(most.ToString("N0", CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new Receiver(queue, 0).NextAsync());
        await AssertEmptyAsync(queue, dead: 0);
    }

    [Fact]
    public async Task The_longest_body_comes_whole()
    {
        var queue = await CreateAsync();
        var most = await queue.GetMaxBytesAsync(None);
        var body = string.Concat(Enumerable.Repeat("🦊", (most / 4) - 1)) + new string('y', 4 + (most % 4));
        Assert.Equal(most, Encoding.UTF8.GetByteCount(body));
        await queue.SendAsync(new(body), None);
        await using var receiver = new Receiver(queue, 1);
        var delivery = await receiver.NextAsync();
        Assert.True(string.Equals(body, delivery.Message.Body, StringComparison.Ordinal));
        await delivery.CompleteAsync(None);
    }

    [Fact]
    public async Task A_returned_message_comes_again_and_is_counted()
    {
        var queue = await CreateAsync();
        await queue.SendAsync(new("again"), None);
        await using var receiver = new Receiver(queue, 1);
        for (var deliveries = 1; deliveries <= 3; deliveries++)
        {
            var delivery = await receiver.NextAsync();
            Assert.Equal(("again", deliveries), (delivery.Message.Body, delivery.Deliveries));
            await delivery.ReturnAsync(None);
        }

        await (await receiver.NextAsync()).CompleteAsync(None);
        await AssertEmptyAsync(queue, dead: 0);
    }

    [Fact]
    public async Task Only_the_first_settlement_counts()
    {
        var queue = await CreateAsync();
        await using var receiver = new Receiver(queue, 1);
        await queue.SendAsync(new("done"), None);
        await SettleTwiceAsync(await receiver.NextAsync(), delivery => delivery.CompleteAsync(None));
        await AssertEmptyAsync(queue, dead: 0);

        await queue.SendAsync(new("back"), None);
        await SettleTwiceAsync(await receiver.NextAsync(), delivery => delivery.ReturnAsync(None));
        await SettleTwiceAsync(await receiver.NextAsync(), delivery => delivery.DeadLetterAsync("it is broken", None));
        await AssertEmptyAsync(queue, dead: 1);
    }

    [Fact]
    public async Task A_dead_letter_is_kept_aside_with_its_reason()
    {
        var queue = await CreateAsync();
        await queue.SendAsync(new("{ 🦊 broken") { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }, None);
        await queue.SendAsync(new("x"), None);
        await using var receiver = new Receiver(queue, 2);
        foreach (var delivery in await receiver.NextAsync(2))
        {
            await delivery.DeadLetterAsync(delivery.Message.Body is "x" ? new string('r', 600) : "it is no JSON:\r\n „\ud83e\udd8a“ \ud800\0\uffff", None);
        }

        await AssertEmptyAsync(queue, dead: 2);
        var dead = (await ReadDeadAsync(queue, 2)).OrderBy(letter => letter.Reason, StringComparer.Ordinal).ToList();
        Assert.Equal(["it is no JSON:   „🦊“ \uFFFD", new string('r', 500)], dead.Select(letter => letter.Reason), StringComparer.Ordinal);
        Assert.Equal(OutlivesProcess ? ["{ 🦊 broken", "x"] : [null, null], dead.Select(letter => letter.Body), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(25)]
    public async Task No_receiver_holds_more_than_it_asked_for(int prefetch)
    {
        var queue = await CreateAsync();
        var bodies = await SendAsync(queue, prefetch + 2);
        await using var receiver = new Receiver(queue, prefetch);
        var held = await receiver.NextAsync(prefetch);
        var next = receiver.NextAsync();
        await using (var other = new Receiver(await ConnectAsync(queue), 2)) // all that the first one does not hold
        {
            var rest = await other.NextAsync(2);
            Assert.False(next.IsCompleted);
            Assert.True(bodies.SetEquals(held.Concat(rest).Select(delivery => delivery.Message.Body)));
            await rest[0].ReturnAsync(None);
            await rest[1].CompleteAsync(None);
            await held[0].CompleteAsync(None);
            await (await Task.WhenAny(next, other.NextAsync()).Unwrap()).CompleteAsync(None); // the one that came back, to either
        }

        foreach (var delivery in held)
        {
            await delivery.CompleteAsync(None);
        }
    }

    [Fact]
    public async Task What_a_stopped_receiver_gave_out_can_still_be_settled_and_the_rest_goes_back_at_once()
    {
        var queue = await CreateAsync();
        var bodies = await SendAsync(queue, 30);
        var stopped = new Receiver(queue, 20);
        var held = await stopped.NextAsync(3);
        await stopped.DisposeAsync();
        await using var other = new Receiver(await ConnectAsync(queue), 30);
        var rest = await other.NextAsync(27);
        Assert.True(bodies.SetEquals(held.Concat(rest).Select(delivery => delivery.Message.Body)));
        await held[0].CompleteAsync(None);
        await held[1].DeadLetterAsync("late", None);
        await held[2].ReturnAsync(None);
        var returned = await other.NextAsync();
        Assert.Equal(held[2].Message.Body, returned.Message.Body, StringComparer.Ordinal);
        foreach (var delivery in rest.Append(returned))
        {
            await delivery.CompleteAsync(None);
        }

        await AssertEmptyAsync(queue, dead: 1);
    }

    [Fact]
    public async Task A_receiver_that_waits_can_be_stopped_and_takes_nothing_after_it()
    {
        var queue = await CreateAsync();
        var stopped = new Receiver(queue, 5);
        var waiting = stopped.NextAsync();
        await stopped.DisposeAsync();
        Assert.True(waiting.IsCanceled);
        await queue.SendAsync(new("later"), None);
        await using var other = new Receiver(await ConnectAsync(queue), 5);
        var delivery = await other.NextAsync();
        Assert.Equal("later", delivery.Message.Body);
        await delivery.CompleteAsync(None);
        await AssertEmptyAsync(queue, dead: 0);
    }

    [Fact]
    public async Task What_a_worker_held_when_it_ended_comes_to_another()
    {
        if (!OutlivesProcess)
        {
            return; // the state sends it again
        }

        var queue = await CreateAsync();
        var lost = await ConnectAsync(queue);
        var bodies = await SendAsync(queue, 12);
        var held = await new Receiver(lost, 12).NextAsync(4);
        await EndAsync(lost);
        await using var other = new Receiver(queue, 12);
        var again = await other.NextAsync(12);
        Assert.True(bodies.SetEquals(again.Select(delivery => delivery.Message.Body)));
        Assert.All(held, old => Assert.True(again.Single(delivery => string.Equals(delivery.Message.Body, old.Message.Body, StringComparison.Ordinal)).Deliveries > 1));
        foreach (var delivery in again)
        {
            await delivery.CompleteAsync(None);
        }

        await AssertEmptyAsync(queue, dead: 0);
    }

    [Fact]
    public async Task Of_many_senders_and_receivers_none_loses_a_message()
    {
        const int count = 1_000;
        var queue = await CreateAsync();
        IWorkQueue[] workers = [queue, await ConnectAsync(queue), await ConnectAsync(queue)];
        ConcurrentDictionary<string, int> settled = new(StringComparer.Ordinal);
        var left = count;
        using var done = new CancellationTokenSource();
        var receiving = Task.WhenAll(workers.Concat(workers).Select(worker => Task.Run(async () => await ReceiveAsync(worker))));
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, token) =>
            await workers[number % workers.Length].SendAsync(new(string.Create(CultureInfo.InvariantCulture, $"message {number}")), token));
        await receiving;
        Assert.Equal(count, settled.Count);
        Assert.All(settled.Values, times => Assert.Equal(1, times));
        await AssertEmptyAsync(queue, dead: 0);

        async Task ReceiveAsync(IWorkQueue worker)
        {
            try
            {
                await foreach (var delivery in worker.ReceiveAsync(7, done.Token))
                {
                    if (delivery.Deliveries == 1 && delivery.Message.Body.EndsWith('3'))
                    {
                        await delivery.ReturnAsync(None);
                        continue;
                    }

                    await delivery.CompleteAsync(None);
                    settled.AddOrUpdate(delivery.Message.Body, 1, static (_, times) => times + 1);
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        await done.CancelAsync();
                    }
                }
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
            }
        }
    }

    [Fact]
    public async Task It_says_how_much_waits_is_taken_and_dead()
    {
        var queue = await CreateAsync();
        await SendAsync(queue, 5);
        await using var receiver = new Receiver(queue, 2);
        var held = await receiver.NextAsync(2);
        await held[0].DeadLetterAsync("for the count", None);
        await AssertDepthAsync(queue, depth => (depth.Taken is { } taken ? depth.Waiting + taken == 4 : depth.Waiting is 2 or 3) && (depth.Dead ?? 1) == 1);
        await held[1].CompleteAsync(None);
    }

    [Fact]
    public async Task The_doctor_finds_it_healthy()
    {
        var diagnosis = await (await CreateAsync()).DiagnoseAsync(None);
        Assert.True(diagnosis.Healthy, diagnosis.Finding + diagnosis.Advice);
    }

    /// <summary>Sends messages with different bodies.</summary>
    protected static async Task<IReadOnlySet<string>> SendAsync(IWorkQueue queue, int count)
    {
        var bodies = Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"body {number}")).ToHashSet(StringComparer.Ordinal);
        foreach (var body in bodies)
        {
            await queue.SendAsync(new(body), None);
        }

        return bodies;
    }

    /// <summary>Waits until nothing is left; brokers may take a moment to count.</summary>
    protected static Task AssertEmptyAsync(IWorkQueue queue, int dead) =>
        AssertDepthAsync(queue, depth => depth.Waiting == 0 && (depth.Taken ?? 0) == 0 && (depth.Dead ?? dead) == dead);

    private static async Task AssertDepthAsync(IWorkQueue queue, Predicate<QueueDepth> isRight)
    {
        QueueDepth depth = new(-1, null, null);
        for (var looks = 0; looks < 2_000; looks++)
        {
            depth = await queue.GetDepthAsync(None);
            if (isRight(depth))
            {
                return;
            }

            await Task.Yield();
        }

        Assert.Fail($"The depth stays at {depth}.");
    }

    private static async Task SettleTwiceAsync(IQueueDelivery delivery, Func<IQueueDelivery, ValueTask> settle)
    {
        await settle(delivery);
        await settle(delivery);
        await delivery.CompleteAsync(None);
        await delivery.ReturnAsync(None);
        await delivery.DeadLetterAsync("too late", None);
    }
}
