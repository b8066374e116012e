using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.State;
using Recollect.Telemetry;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Telemetry;

[SuppressMessage("Usage", "VSTHRD003", Justification = "The test begins what it waits for")]
public sealed class QueueWatchTests
{
    private readonly ManualTime _time = new(new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));
    private readonly CountedQueue _queue = new();

    [Fact]
    public async Task What_waits_is_shown_as_it_was_seen_last_and_grows_older()
    {
        await using var bench = Bench();
        var watch = bench.Get<QueueWatch>();
        Assert.Empty(bench.Caught.ReadGauges());
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal(0, bench.Caught.ReadGauges()[TelemetryNames.MetricQueueAge]);

        var state = bench.Get<IStateStore>().Queued;
        await state.NoteAsync([.. Enumerable.Range(0, 4).Select(n => new QueuedConversation { Source = "listed", Thread = $"t{n}", Tenant = "default", User = "u", UpdatedAt = _time.GetUtcNow() })], CancellationToken.None);
        await state.TakeDueAsync("listed", _time.GetUtcNow(), DateTimeOffset.MinValue, 2, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(30));
        await watch.LookAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [TelemetryNames.MetricQueueWaiting] = 7,
                [TelemetryNames.MetricQueueDead] = 2,
                [TelemetryNames.MetricQueueConversations] = 4,
                [TelemetryNames.MetricQueueAge] = 42,
            },
            bench.Caught.ReadGauges()); // the broker does not tell what is taken
        Assert.All(bench.Caught.Numbers, number => Assert.Equal("counted", number.Tags[TelemetryNames.TagQueue]));
        Assert.Equal(2, _queue.Looks);
    }

    [Fact]
    public async Task A_broker_that_is_away_shows_nothing_and_ends_nothing()
    {
        await using var bench = Bench();
        await bench.Get<QueueWatch>().LookAsync(CancellationToken.None);
        _queue.IsAway = true;
        await bench.Get<QueueWatch>().LookAsync(CancellationToken.None);
        await bench.Get<QueueWatch>().LookAsync(CancellationToken.None);
        Assert.Empty(bench.Caught.ReadGauges());

        _queue.IsAway = false;
        await bench.Get<QueueWatch>().LookAsync(CancellationToken.None);
        Assert.Equal(7, bench.Caught.ReadGauges()[TelemetryNames.MetricQueueWaiting]);
    }

    [Fact]
    public async Task It_looks_as_often_as_workers_sweep()
    {
        await using var bench = Bench();
        using var end = new CancellationTokenSource();
        var watching = bench.Get<QueueWatch>().RunAsync(end.Token);
        for (var looks = 1; looks <= 3; looks++)
        {
            while (_queue.Looks < looks)
            {
                _time.Advance(TimeSpan.FromSeconds(15));
                await Task.Yield();
            }
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await watching);
    }

    [Fact]
    public async Task Where_nobody_listens_it_does_not_look()
    {
        var bench = Bench();
        bench.Caught.Dispose();
        await using (bench)
        {
            await bench.Get<QueueWatch>().LookAsync(CancellationToken.None);
            Assert.Equal(0, _queue.Looks);
        }
    }

    private TelemetryBench Bench() => new(new ListedSource(), services => services.AddSingleton<IWorkQueue>(_queue).AddSingleton<TimeProvider>(_time));

    [SuppressMessage("Naming", "CA1711", Justification = "It is a queue, as brokers have it")]
    private sealed class CountedQueue : IWorkQueue
    {
        private int _looks;

        public bool IsAway { get; set; }

        public int Looks => Volatile.Read(ref _looks);

        public string Name => "counted";

        public ValueTask<int> GetMaxBytesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(1_000);

        public ValueTask SendAsync(QueueMessage message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public IAsyncEnumerable<IQueueDelivery> ReceiveAsync(int prefetch, CancellationToken cancellationToken) => AsyncEnumerable.Empty<IQueueDelivery>();

        public ValueTask<QueueDepth> GetDepthAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            return IsAway ? throw new QueueException("The broker is away.") : ValueTask.FromResult(new QueueDepth(7, null, 2));
        }

        public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, Name));
    }
}
