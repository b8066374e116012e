namespace Recollect.Cli.Output;

/// <summary>When a run starts, as the clocks of the schedule's zone show it and in UTC.</summary>
internal sealed record ScheduledRunJson(DateTimeOffset Local, DateTimeOffset Utc);
