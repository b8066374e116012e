using Microsoft.Extensions.Configuration;

namespace Recollect.Cli.Scheduling;

/// <summary>What of the machine and of the process's environment decides how runs are scheduled.</summary>
internal sealed record Machine
{
    /// <summary>Gets the wrapper through which the program was started; null when it was started directly.</summary>
    public string? Wrapper { get; init; }

    /// <summary>Gets the folder of .NET, where the environment names one.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>Gets the user's folder of settings; null when the user has no home.</summary>
    public string? ConfigHome { get; init; }

    /// <summary>Gets the folders in which commands are looked up.</summary>
    public IReadOnlyList<string> CommandFolders { get; init; } = [];

    /// <summary>Gets a value indicating whether the program runs as root.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Gets a value indicating whether systemd runs here.</summary>
    public bool RunsSystemd { get; init; }

    /// <summary>Gets the zone of the machine's clock, which is cron's.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Looks around.</summary>
    /// <param name="environment">The variables of the environment.</param>
    /// <param name="time">Knows the local zone.</param>
    public static Machine Read(IConfiguration environment, TimeProvider time)
    {
        var home = Given(environment["HOME"]);
        return new()
        {
            Wrapper = Given(environment["RECOLLECT_WRAPPER"]) is { } wrapper && File.Exists(wrapper) ? Path.GetFullPath(wrapper) : null,
            DotnetRoot = Given(environment["DOTNET_ROOT"]) is { } dotnet ? Path.GetFullPath(dotnet) : null,
            ConfigHome = Given(environment["XDG_CONFIG_HOME"]) ?? (home is null ? null : Path.Combine(home, ".config")),
            CommandFolders = (environment["PATH"] ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            IsRoot = Environment.IsPrivilegedProcess,
            RunsSystemd = Directory.Exists("/run/systemd/system"),
            Zone = Given(environment["TZ"]) is null ? time.LocalTimeZone : ZoneOfTheClock(),
        };
    }

    /// <summary>Says whether a command can be found.</summary>
    public bool Has(string command) => CommandFolders.Any(folder => File.Exists(Path.Combine(folder, command)));

    /// <summary>TZ changes what this process takes for local, but not what cron does.</summary>
    private static TimeZoneInfo ZoneOfTheClock()
    {
        const string folder = "/zoneinfo/";
        var target = File.ResolveLinkTarget("/etc/localtime", returnFinalTarget: false)?.FullName ?? string.Empty;
        var at = target.IndexOf(folder, StringComparison.Ordinal);
        return at >= 0 && TimeZoneInfo.TryFindSystemTimeZoneById(target[(at + folder.Length)..], out var zone) ? zone : TimeZoneInfo.Utc;
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
