namespace Recollect.Cli.Scheduling;

/// <summary>What is installed.</summary>
/// <param name="Installed">Whether there is something of this name.</param>
/// <param name="UpToDate">Whether it is what would be installed now.</param>
internal sealed record ScheduleState(bool Installed, bool UpToDate);
