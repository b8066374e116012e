using System.Globalization;

namespace Recollect.Cli.Scheduling.Cron;

/// <summary>A condition that an entry checks before it runs: what some clock shows.</summary>
internal sealed record CronGuard
{
    /// <summary>Gets the zone of the clock.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Zone"/> is cron's own, which needs no name.</summary>
    public bool IsCronsOwn { get; init; }

    /// <summary>Gets the time that the clock shows.</summary>
    public required TimeOnly Shows { get; init; }

    /// <summary>Gets a value indicating whether the minutes count; the hour alone forgives cron a late start.</summary>
    public required bool ToTheMinute { get; init; }

    /// <summary>Gets how long ago the clock must have shown something else; zero: it must show the time now.</summary>
    public TimeSpan NotAgo { get; init; }

    /// <summary>Says whether the entry would run at an instant.</summary>
    public bool Holds(DateTimeOffset instant)
    {
        var shown = TimeZoneInfo.ConvertTime(instant - NotAgo, Zone);
        var isShown = shown.Hour == Shows.Hour && (!ToTheMinute || shown.Minute == Shows.Minute);
        return isShown == (NotAgo == TimeSpan.Zero);
    }

    /// <summary>Writes it for a POSIX shell with the <c>date</c> of GNU or BusyBox.</summary>
    public string ToShell()
    {
        var zone = IsCronsOwn ? string.Empty : $"TZ='{Zone.Id}' ";
        var format = ToTheMinute ? "+%H:%M" : "+%H";
        var expected = Shows.ToString(ToTheMinute ? "HH':'mm" : "HH", CultureInfo.InvariantCulture);
        return NotAgo == TimeSpan.Zero
            ? $"[ \"$({zone}date {format})\" = {expected} ]"
            : string.Create(CultureInfo.InvariantCulture, $"[ \"$({zone}date -d @$(($(date +%s)-{NotAgo.TotalSeconds:0})) {format})\" != {expected} ]");
    }
}
