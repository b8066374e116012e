namespace Recollect.Cli.Scheduling;

/// <summary>The command that is to run, with absolute paths only.</summary>
internal sealed record ScheduledJob
{
    /// <summary>Gets the program.</summary>
    public required string Program { get; init; }

    /// <summary>Gets its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Gets the folder in which it runs, where it finds <c>.env</c> and what relative paths are relative to.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Gets the folder of databases; logs lie beside it.</summary>
    public required string DataRoot { get; init; }

    /// <summary>Gets the folder of .NET, where it has to be told; null where the program finds it.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>Gets the folder into which the wrapper builds; null when the program is not started through it.</summary>
    public string? BuildFolder { get; init; }

    /// <summary>Gets the config file and the chats that it reads.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Gets all paths that it uses.</summary>
    public IEnumerable<string> Paths => [Program, WorkingFolder, DataRoot, .. Reads, .. Given(DotnetRoot), .. Given(BuildFolder)];

    /// <summary>Gets the folder of <see cref="DataRoot"/> and the logs.</summary>
    public string DataFolder => Path.GetDirectoryName(DataRoot) ?? DataRoot;

    private static IEnumerable<string> Given(string? path) => path is null ? [] : [path];
}
