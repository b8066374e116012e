namespace Recollect.IntegrationTests.Work;

/// <summary>A clock that can be set ahead; its timers run as they do.</summary>
internal sealed class AheadTime : TimeProvider
{
    private long _ahead;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
