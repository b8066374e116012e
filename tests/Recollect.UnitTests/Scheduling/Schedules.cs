using Recollect.Cli.Scheduling;

namespace Recollect.UnitTests.Scheduling;

/// <summary>Made-up schedules.</summary>
internal static class Schedules
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    public static Schedule Make(string at = "03:00", string zone = "America/Chicago", string name = "recollect", ScheduledJob? job = null) => new()
    {
        Name = name,
        At = TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
        Zone = Zone(zone),
        Job = job ?? Job(),
    };

    public static ScheduledJob Job(string folder = "/srv/bot") => new()
    {
        Program = "/opt/recollect/recollect",
        Arguments = ["nightly", "--config", $"{folder}/recollect.json"],
        WorkingFolder = folder,
        DataRoot = $"{folder}/data",
        BuildFolder = "/opt/recollect/artifacts",
    };
}
