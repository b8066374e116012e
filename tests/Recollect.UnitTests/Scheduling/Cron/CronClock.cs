using Recollect.Cli.Scheduling.Cron;

namespace Recollect.UnitTests.Scheduling.Cron;

/// <summary>A cron that runs for years in no time.</summary>
internal sealed class CronClock
{
    private readonly WallClock _own;
    private readonly List<int>[] _debian = [.. Enumerable.Range(0, WallClock.MinutesADay).Select(_ => new List<int>())];
    private readonly List<int>[] _simple = [.. Enumerable.Range(0, WallClock.MinutesADay).Select(_ => new List<int>())];

    public CronClock(WallClock own)
    {
        _own = own;
        var reached = own.Shows(0);
        for (var minute = 1; minute < own.Minutes; minute++)
        {
            var shown = own.Shows(minute);
            _simple[WallClock.OfDay(shown)].Add(minute);
            while (reached < shown)
            {
                _debian[WallClock.OfDay(++reached)].Add(minute);
            }
        }
    }

    /// <summary>Fires as Debian's cron does: what the clock skips is made up for at once, and nothing fires twice in the hour that it repeats.</summary>
    public IReadOnlyList<int> Debian(CronPlan plan) => Fire(plan, _debian);

    /// <summary>Fires as simpler ones do: whenever the clock shows the time.</summary>
    public IReadOnlyList<int> Simple(CronPlan plan) => Fire(plan, _simple);

    private int[] Fire(CronPlan plan, List<int>[] minutes) =>
    [
        .. from entry in plan.Entries
           from minute in minutes[(entry.At.Hour * 60) + entry.At.Minute]
           where entry.Guards.All(guard => guard.Holds(_own.InstantOf(minute)))
           select minute,
    ];
}
