namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>schedule show</c>, <c>install</c> and <c>remove</c>.</summary>
internal sealed record ScheduleJson
{
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string At { get; init; }

    public required string Zone { get; init; }

    /// <summary>Gets a value indicating whether something of this name is installed now.</summary>
    public required bool Installed { get; init; }

    /// <summary>Gets a value indicating whether it is what would be installed.</summary>
    public required bool UpToDate { get; init; }

    /// <summary>Gets a value indicating whether this command changed anything.</summary>
    public required bool Changed { get; init; }

    public required IReadOnlyList<ScheduledRunJson> NextRuns { get; init; }

    public required IReadOnlyList<ScheduledFileJson> Files { get; init; }

    /// <summary>Gets the lines of the crontab; null where there are files.</summary>
    public required string? Entry { get; init; }

    /// <summary>Gets what is left to do by hand.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
