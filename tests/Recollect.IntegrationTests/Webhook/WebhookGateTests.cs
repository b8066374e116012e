using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Connectors.Webhook;
using Recollect.Memorize.Delivery;
using Xunit;

namespace Recollect.IntegrationTests.Webhook;

[SuppressMessage("Usage", "VSTHRD003", Justification = "A call is begun, the clock is moved, and then the call is awaited")]
public sealed class WebhookGateTests : IDisposable
{
    private readonly ManualTime _time = new(new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero));
    private readonly WebhookGate _gate;
    private int _calls;
    private bool _isAway = true;

    public WebhookGateTests() => _gate = new(Options.Create(new WebhookOptions { Concurrency = 3 }), _time);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task A_receiver_that_has_gone_away_is_left_alone_then_tried_once_and_given_up_after_the_time_of_patience()
    {
        await FailManyAsync();
        var waiting = PassAsync();
        await UntilWaitingAsync();
        Assert.Equal((10, false), (_calls, waiting.IsCompleted)); // left alone

        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.True((await Assert.ThrowsAsync<DeliveryException>(() => waiting)).IsTransient); // tried once
        Assert.Equal(11, _calls);

        _time.Advance(TimeSpan.FromSeconds(60));
        foreach (var _ in Enumerable.Range(0, 100))
        {
            var failure = await Assert.ThrowsAsync<DeliveryException>(PassAsync);
            Assert.Equal((false, false), (failure.IsTransient, failure.IsRefusal));
            Assert.Contains("nothing more is posted in this run", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(12, _calls);
    }

    [Fact]
    public async Task A_receiver_that_comes_back_gets_what_waited()
    {
        await FailManyAsync();
        _isAway = false;
        var waiting = PassAsync();
        await UntilWaitingAsync();
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(1, await waiting);
        Assert.Equal(1, await PassAsync());
    }

    [Fact]
    public async Task Failures_now_and_then_do_not_close_it()
    {
        for (var i = 0; i < 200; i++)
        {
            _isAway = i % 4 == 0;
            await (_isAway ? Assert.ThrowsAsync<DeliveryException>(PassAsync) : (Task)PassAsync());
        }

        Assert.Equal(200, _calls);
    }

    [Fact]
    public async Task No_more_calls_are_made_at_once_than_there_are_places()
    {
        var (inside, most) = (0, 0);
        var open = new TaskCompletionSource();
        var calls = Enumerable.Range(0, 20).Select(async _ => await _gate.PassAsync(
            async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await open.Task;
                Interlocked.Decrement(ref inside);
                return 1;
            },
            CancellationToken.None)).ToArray();
        Assert.Equal(3, inside);

        open.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(3, most);
    }

    private async Task FailManyAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<DeliveryException>(PassAsync);
        }
    }

    private async Task<int> PassAsync() => await _gate.PassAsync(
        _ =>
        {
            _calls++;
            return _isAway ? throw new DeliveryException("away", isTransient: true) : ValueTask.FromResult(1);
        },
        CancellationToken.None);

    /// <summary>Waits until somebody waits for the clock.</summary>
    private async Task UntilWaitingAsync()
    {
        while (_time.Delays.Count == 0)
        {
            await Task.Yield();
        }
    }
}
