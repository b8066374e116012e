namespace Recollect.Cli.Scheduling;

/// <summary>What installing or removing did.</summary>
/// <param name="Changed">Whether anything is different now.</param>
/// <param name="Commands">What is left to do by hand, a command each.</param>
internal sealed record ScheduleChange(bool Changed, IReadOnlyList<string> Commands);
