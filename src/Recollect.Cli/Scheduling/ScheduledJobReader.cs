using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources.Files;

namespace Recollect.Cli.Scheduling;

/// <summary>Says what command would do what this one was told, whatever folder it is started in.</summary>
internal sealed class ScheduledJobReader(Machine machine, IOptions<DataOptions> data, IOptions<FilesSourceOptions> files)
{
    /// <param name="command">The command, such as <c>nightly</c>.</param>
    /// <param name="config">The config file that is in use; null for none.</param>
    /// <param name="dataRoot">The folder that <c>--data-root</c> names; null when it was not given.</param>
    /// <exception cref="UsageException">A path holds a line break or the like.</exception>
    public ScheduledJob Read(IReadOnlyList<string> command, string? config, string? dataRoot)
    {
        var (program, first) = Program();
        var job = new ScheduledJob
        {
            Program = program,
            Arguments = [.. first, .. command, .. Option("--config", config), .. Option("--data-root", dataRoot)],
            WorkingFolder = Path.GetFullPath("."),
            DataRoot = Path.TrimEndingDirectorySeparator(Path.GetFullPath(data.Value.Root)),
            DotnetRoot = machine.DotnetRoot,
            BuildFolder = machine.Wrapper is { } wrapper ? Path.Combine(Path.GetDirectoryName(wrapper)!, "artifacts") : null,
            Reads = [.. files.Value.Paths.Append(config).OfType<string>().Select(Path.GetFullPath)],
        };
        return job.Paths.Concat(job.Arguments).FirstOrDefault(text => text.Any(char.IsControl)) is { } bad
            ? throw new UsageException($"\"{Output.Printable.Of(bad)}\" holds a line break or another control character, which neither systemd nor cron can be told. Rename it.")
            : job;
    }

    /// <summary>Prefers the wrapper, so that an update is built.</summary>
    private (string Program, string[] First) Program()
    {
        var own = Environment.ProcessPath!;
        return machine.Wrapper is { } wrapper ? (wrapper, [])
            : Path.GetFileNameWithoutExtension(own) is "dotnet" ? (own, [Path.Combine(AppContext.BaseDirectory, "Recollect.Cli.dll")])
            : (own, []);
    }

    private static IEnumerable<string> Option(string name, string? path) => path is null ? [] : [name, Path.GetFullPath(path)];
}
