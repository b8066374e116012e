using Microsoft.Extensions.Logging.Abstractions;
using Recollect.Conformance;
using Recollect.State;
using Recollect.Work;
using Xunit;

namespace Recollect.UnitTests.Work;

public sealed class ClaimHeartbeatTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);

    private readonly ManualTime _time = new(new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedClaims _claims = new();

    [Fact]
    public async Task Claims_are_renewed_long_before_they_end_until_the_work_is_done()
    {
        await using (var heartbeat = Start())
        {
            await BeatAsync(8);
            Assert.False(heartbeat.Lost.IsCancellationRequested);
        }

        Assert.Equal(8, _claims.Renewals);
        _time.Advance(Duration);
        Assert.Equal(8, _claims.Renewals);
    }

    [Fact]
    public async Task The_work_stops_when_another_has_taken_a_claim()
    {
        await using var heartbeat = Start();
        await BeatAsync(1);
        Assert.False(heartbeat.Lost.IsCancellationRequested);

        _claims.Answer = () => 1;
        await BeatAsync(1);

        await StoppedAsync(heartbeat);
    }

    [Fact]
    public async Task A_state_that_is_away_for_a_moment_is_waited_for_but_not_beyond_the_claims()
    {
        await using var heartbeat = Start();
        _claims.Answer = () => throw new StateStoreException("It is away.", isTransient: true);
        await BeatAsync(2);
        _claims.Answer = () => 2;
        await BeatAsync(1);
        Assert.False(heartbeat.Lost.IsCancellationRequested);

        _claims.Answer = () => throw new StateStoreException("It is away.", isTransient: true);
        await BeatAsync(3);

        await StoppedAsync(heartbeat);
    }

    private static async Task StoppedAsync(ClaimHeartbeat heartbeat)
    {
        while (!heartbeat.Lost.IsCancellationRequested)
        {
            await Task.Yield();
        }
    }

    private ClaimHeartbeat Start() => ClaimHeartbeat.Start(_claims, "holder", count: 2, Duration, _time, NullLogger.Instance, CancellationToken.None);

    /// <summary>Lets that many beats pass, each to its end.</summary>
    private async Task BeatAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var before = _claims.Renewals;
            _time.Advance(Duration / 4);
            while (_claims.Renewals == before)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class ScriptedClaims : IClaims
    {
        private int _renewals;

        public int Renewals => Volatile.Read(ref _renewals);

        public Func<int> Answer { get; set; } = static () => 2;

        public ValueTask<IReadOnlyCollection<string>> ClaimAsync(string source, IReadOnlyCollection<string> threads, string holder, TimeSpan duration, CancellationToken cancellationToken) => ValueTask.FromResult(threads);

        public ValueTask<int> RenewAsync(string holder, TimeSpan duration, CancellationToken cancellationToken)
        {
            try
            {
                return ValueTask.FromResult(Answer());
            }
            finally
            {
                Interlocked.Increment(ref _renewals);
            }
        }

        public ValueTask ReleaseAsync(string source, IReadOnlyCollection<string> threads, string holder, CancellationToken cancellationToken) => default;
    }
}
