namespace Recollect.Cli.Output;

/// <summary>A unit file.</summary>
internal sealed record ScheduledFileJson(string Path, string Text);
