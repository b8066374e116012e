namespace Recollect.Cli.Scheduling;

/// <summary>A file of a schedule.</summary>
internal sealed record ScheduledFile(string Path, string Text);
