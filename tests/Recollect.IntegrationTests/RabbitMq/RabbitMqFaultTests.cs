using System.Collections.Concurrent;
using System.Globalization;
using Recollect.Conformance.Work;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.RabbitMq;

/// <summary>What becomes of messages when the broker is killed, restarted, cuts connections or runs out of memory.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class RabbitMqFaultTests(RabbitMqServer server) : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly RabbitMqPlace _place = new(server);

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task What_was_confirmed_is_there_after_the_broker_was_killed_while_many_sent()
    {
        const int count = 400;
        var queue = await _place.CreateAsync(options => options.Timeout = TimeSpan.FromMinutes(1));
        await queue.GetDepthAsync(None);
        await server.SettleAsync();
        ConcurrentBag<string> confirmed = [];
        ConcurrentBag<QueueException> failed = [];
        var quarter = new TaskCompletionSource();
        using var restarted = new SemaphoreSlim(0);
        var sending = Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            var body = string.Create(CultureInfo.InvariantCulture, $"message {number}");
            try
            {
                await queue.SendAsync(new(body), None);
            }
            catch (QueueException ex)
            {
                failed.Add(ex);
                await restarted.WaitAsync(None);
                restarted.Release();
                await queue.SendAsync(new(body), None); // the connection is made anew
            }

            confirmed.Add(body);
            if (confirmed.Count >= count / 4)
            {
                quarter.TrySetResult();
            }
        });
        await quarter.Task;
        await server.KillAsync();
        await server.StartAsync();
        restarted.Release();
        await sending;

        Assert.Equal(count, confirmed.Distinct(StringComparer.Ordinal).Count());
        Assert.NotEmpty(failed);
        Assert.All(failed, failure => Assert.True(failure.IsTransient, failure.Message));
        Assert.All(failed, failure => Assert.DoesNotContain("word", failure.Message, StringComparison.Ordinal));
        var received = new HashSet<string>(StringComparer.Ordinal);
        await using var receiver = new Receiver(queue, 100);
        while (received.Count < count)
        {
            var delivery = await receiver.NextAsync();
            received.Add(delivery.Message.Body);
            await delivery.CompleteAsync(None);
        }
    }

    [Fact]
    public async Task What_is_unsettled_when_the_broker_is_killed_comes_again_to_the_same_receiver()
    {
        var queue = await _place.CreateAsync();
        var bodies = Enumerable.Range(0, 50).Select(number => $"body {number}").ToHashSet(StringComparer.Ordinal);
        foreach (var body in bodies)
        {
            await queue.SendAsync(new(body), None);
        }

        await using var receiver = new Receiver(queue, 50);
        var held = await receiver.NextAsync(50);
        await server.SettleAsync();
        await server.KillAsync();
        foreach (var delivery in held.Take(48))
        {
            Assert.True((await Assert.ThrowsAsync<QueueException>(async () => await delivery.CompleteAsync(None))).IsTransient);
        }

        await held[48].ReturnAsync(None); // comes again anyway
        var next = receiver.NextAsync();
        await server.StartAsync();
        Assert.True((await Assert.ThrowsAsync<QueueException>(async () => await held[49].DeadLetterAsync("it could be copied, but not settled", None))).IsTransient);
        IQueueDelivery[] again = [await next, .. await receiver.NextAsync(49)];
        Assert.True(bodies.SetEquals(again.Select(delivery => delivery.Message.Body)));
        Assert.All(again, delivery => Assert.Equal(2, delivery.Deliveries));
        foreach (var delivery in again)
        {
            await delivery.CompleteAsync(None);
        }

        Assert.Equal((0, 1), (await queue.GetDepthAsync(None) is var depth ? depth.Waiting : -1, depth.Dead));
    }

    [Fact]
    public async Task A_receiver_that_lost_its_connection_never_holds_more_than_it_asked_for()
    {
        var queue = await _place.CreateAsync();
        await queue.SendAsync(new("first"), None);
        await queue.SendAsync(new("second"), None);
        await using var receiver = new Receiver(queue, 1);
        var held = await receiver.NextAsync();
        await server.ControlAsync("close_all_connections", "a test");
        var next = receiver.NextAsync();
        await queue.SendAsync(new("third"), None);
        Assert.False(next.IsCompleted); // its only place is taken
        await Assert.ThrowsAsync<QueueException>(async () => await held.CompleteAsync(None));
        var bodies = new List<string>();
        for (; bodies.Count < 3; next = receiver.NextAsync())
        {
            var delivery = await next;
            bodies.Add(delivery.Message.Body);
            await delivery.CompleteAsync(None);
        }

        Assert.Equal(["first", "second", "third"], bodies.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_waiting_receiver_goes_on_through_cut_connections_and_an_orderly_restart()
    {
        var queue = await _place.CreateAsync();
        await using var receiver = new Receiver(queue, 5);
        await queue.SendAsync(new("before"), None);
        await (await receiver.NextAsync()).CompleteAsync(None);
        for (var cuts = 0; cuts < 2; cuts++)
        {
            var next = receiver.NextAsync();
            await server.ControlAsync("close_all_connections", "a test");
            await queue.SendAsync(new("after a cut"), None);
            await (await next).CompleteAsync(None);
        }

        var last = receiver.NextAsync();
        await queue.SendAsync(new("kept"), None);
        await (await last).ReturnAsync(None);
        await server.StopAsync();
        last = receiver.NextAsync();
        Assert.True((await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new("refused"), None))).IsTransient);
        Assert.True((await Assert.ThrowsAsync<QueueException>(async () => await queue.GetDepthAsync(None))).IsTransient);
        await server.StartAsync();
        Assert.Equal("kept", (await last).Message.Body);
        await (await last).CompleteAsync(None);
    }

    [Fact]
    public async Task A_receiver_that_starts_before_the_broker_waits_for_it()
    {
        var queue = await _place.CreateAsync();
        await queue.SendAsync(new("early"), None);
        await server.StopAsync();
        await using var receiver = new Receiver(_place.Connect(queue), 1);
        var next = receiver.NextAsync();
        await server.StartAsync();
        await (await next).CompleteAsync(None);
    }

    [Fact]
    public async Task What_is_deleted_under_us_is_made_again()
    {
        var queue = await _place.CreateAsync();
        await queue.SendAsync(new("lost with the queue"), None);
        await using var receiver = new Receiver(queue, 2);
        var held = await receiver.NextAsync();
        var next = receiver.NextAsync();
        await using (var outside = await _place.OpenOutsideAsync())
        {
            await outside.QueueDeleteAsync(_place.NameOf(queue), ifUnused: false, ifEmpty: false);
            await outside.ExchangeDeleteAsync(_place.NameOf(queue) + ".dead");
        }

        await queue.SendAsync(new("after"), None);
        var delivery = await next;
        Assert.Equal("after", delivery.Message.Body);
        await delivery.DeadLetterAsync("the exchange is there again", None);
        await held.ReturnAsync(None);
        Assert.Equal("the exchange is there again", RabbitMqPlace.Read(Assert.Single(await _place.TakeDeadAsync(queue, 1))).Reason);
    }

    [Fact]
    public async Task With_an_alarm_nothing_is_sent_but_work_is_received_settled_and_the_doctor_says_why()
    {
        var queue = await _place.CreateAsync(options => options.Timeout = TimeSpan.FromSeconds(2));
        await queue.SendAsync(new("work"), None);
        await using var receiver = new Receiver(queue, 1);
        var delivery = await receiver.NextAsync();
        await server.ControlAsync("set_vm_memory_high_watermark", "absolute", "1");
        try
        {
            var failure = await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new("held back"), None));
            Assert.True(failure.IsTransient);
            Assert.Contains("low on memory", failure.Message, StringComparison.Ordinal);
            var doctor = await Assert.ThrowsAsync<QueueException>(async () => await queue.DiagnoseAsync(None));
            Assert.Contains("alarm", doctor.Message, StringComparison.Ordinal);
            await delivery.CompleteAsync(None);
        }
        finally
        {
            await server.ControlAsync("set_vm_memory_high_watermark", "0.6");
        }

        await queue.SendAsync(new("later"), None);
        var bodies = new List<string>();
        while (bodies.Count == 0 || bodies[^1] is not "later")
        {
            var next = await receiver.NextAsync();
            bodies.Add(next.Message.Body);
            await next.CompleteAsync(None);
        }

        Assert.DoesNotContain("work", bodies, StringComparer.Ordinal); // it was settled during the alarm
    }
}
