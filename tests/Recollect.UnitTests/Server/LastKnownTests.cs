using System.Diagnostics.CodeAnalysis;
using Recollect.Conformance;
using Recollect.Server.Web;
using Xunit;

namespace Recollect.UnitTests.Server;

[SuppressMessage("Usage", "VSTHRD003", Justification = "The tests complete what they wait for themselves")]
public sealed class LastKnownTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly LastKnown<int> _known;
    private Func<Task<int>> _count = () => Task.FromResult(1);
    private int _counted;

    public LastKnownTests() => _known = new(
        _ =>
        {
            Interlocked.Increment(ref _counted);
            return _count();
        },
        _time);

    public void Dispose() => _known.Dispose();

    [Fact]
    public async Task What_was_just_counted_is_not_counted_again()
    {
        Assert.Equal((1, TimeSpan.Zero), await _known.GetAsync(None));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((1, TimeSpan.FromSeconds(9)), await _known.GetAsync(None));
        Assert.Equal(1, _counted);
    }

    [Fact]
    public async Task What_is_older_is_given_with_its_age_at_once_and_counted_again_meanwhile()
    {
        await _known.GetAsync(None);
        var second = new TaskCompletionSource<int>();
        _count = () => second.Task;
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((1, TimeSpan.FromSeconds(30)), await _known.GetAsync(None));
        Assert.Equal((1, TimeSpan.FromSeconds(30)), await _known.GetAsync(None));
        second.SetResult(2);

        while ((await _known.GetAsync(None)).Value != 2)
        {
            await Task.Yield();
        }

        Assert.Equal(2, _counted);
    }

    [Fact]
    public async Task What_is_much_older_is_not_given_and_many_who_wait_count_once()
    {
        await _known.GetAsync(None);
        var second = new TaskCompletionSource<int>();
        _count = () => second.Task;
        _time.Advance(TimeSpan.FromMinutes(2));

        var waiting = Enumerable.Range(0, 8).Select(_ => _known.GetAsync(None).AsTask()).ToArray();
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        second.SetResult(2);

        Assert.All(await Task.WhenAll(waiting), one => Assert.Equal((2, TimeSpan.Zero), one));
        Assert.Equal(2, _counted);
    }

    [Fact]
    public async Task A_failure_is_heard_by_who_asks_next_and_nothing_old_is_given()
    {
        await _known.GetAsync(None);
        var second = new TaskCompletionSource<int>();
        _count = () => second.Task;
        _time.Advance(TimeSpan.FromSeconds(30));
        await _known.GetAsync(None);
        _count = () => Task.FromException<int>(new InvalidOperationException("gone"));
        second.SetException(new InvalidOperationException("gone"));

        var heard = default(Exception);
        while (heard is null)
        {
            heard = await Record.ExceptionAsync(async () => await _known.GetAsync(None)); // until the count in the background has ended
        }

        Assert.Equal("gone", heard.Message);
        _count = () => Task.FromResult(3);
        Assert.Equal((3, TimeSpan.Zero), await _known.GetAsync(None));
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_stop_the_count()
    {
        var first = new TaskCompletionSource<int>();
        _count = () => first.Task;
        using var stop = new CancellationTokenSource();
        var waiting = _known.GetAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.SetResult(1);

        Assert.Equal(1, (await _known.GetAsync(None)).Value);
        Assert.Equal(1, _counted);
    }
}
