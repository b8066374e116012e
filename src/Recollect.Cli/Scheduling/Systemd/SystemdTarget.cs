namespace Recollect.Cli.Scheduling.Systemd;

/// <summary>Where units go.</summary>
internal sealed record SystemdTarget
{
    /// <summary>Gets the folder of the unit files.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets a value indicating whether they are units of the system, not of a user.</summary>
    public required bool IsSystem { get; init; }

    /// <summary>Gets a value indicating whether to talk to the running systemd. Otherwise files are written and that is all.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Gets the account under which a system unit runs; null: root.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the arguments of <c>systemctl</c>.</summary>
    public IReadOnlyList<string> Control(params IReadOnlyList<string> arguments) => IsSystem ? arguments : ["--user", .. arguments];
}
