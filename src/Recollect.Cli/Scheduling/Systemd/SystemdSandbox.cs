namespace Recollect.Cli.Scheduling.Systemd;

/// <summary>What a unit may not do.</summary>
internal static class SystemdSandbox
{
    private static readonly string[] Homes = ["/home/", "/root/", "/run/user/"];
    private static readonly string[] TemporaryFolders = ["/tmp/", "/var/tmp/"];

    /// <summary>Gets what filters of system calls do, which needs no privilege.</summary>
    private static IReadOnlyList<string> SystemCalls { get; } =
    [
        "NoNewPrivileges=yes",
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        "RestrictNamespaces=yes",
        "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes",
        "LockPersonality=yes",
        "SystemCallArchitectures=native",
        "SystemCallFilter=@system-service",
        "SystemCallErrorNumber=EPERM",
        "# MemoryDenyWriteExecute is left out: .NET compiles code while it runs.",
    ];

    /// <summary>Gets the part of it that a user's own manager can enforce.</summary>
    public static IReadOnlyList<string> OfUser { get; } =
    [
        "# What needs a file system or capabilities of its own (ProtectSystem, PrivateTmp, …) works in system units only.",
        .. SystemCalls,
    ];

    /// <summary>Gets all of it.</summary>
    public static IReadOnlyList<string> OfSystem(ScheduledJob job) =>
    [
        "# Files can be written beside the data, for the logs, and where the program is built; nowhere else.",
        "ProtectSystem=strict",
        $"ReadWritePaths={string.Join(' ', WrittenBy(job).Select(SystemdText.Word))}",
        IsAnyIn(job, Homes) ? "ProtectHome=read-only" : "ProtectHome=tmpfs",
        IsAnyIn(job, TemporaryFolders) ? "# PrivateTmp is left out: the program uses files there." : "PrivateTmp=yes",
        "PrivateDevices=yes",
        "ProtectClock=yes",
        "ProtectControlGroups=yes",
        "ProtectHostname=yes",
        "ProtectKernelLogs=yes",
        "ProtectKernelModules=yes",
        "ProtectKernelTunables=yes",
        "ProtectProc=invisible",
        "CapabilityBoundingSet=",
        .. SystemCalls,
    ];

    private static IEnumerable<string> WrittenBy(ScheduledJob job) => job.BuildFolder is { } build ? [job.DataFolder, build] : [job.DataFolder];

    private static bool IsAnyIn(ScheduledJob job, string[] folders) =>
        job.Paths.Append(job.DataFolder).Any(path => folders.Any(folder => $"{path}/".StartsWith(folder, StringComparison.Ordinal)));
}
