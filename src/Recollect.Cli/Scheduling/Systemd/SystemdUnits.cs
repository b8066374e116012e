using System.Globalization;

namespace Recollect.Cli.Scheduling.Systemd;

/// <summary>The text of the unit files.</summary>
internal static class SystemdUnits
{
    /// <summary>The first line of every file that is ours.</summary>
    public const string Marker = "# Written by \"recollect schedule install\", which overwrites it; \"recollect schedule remove\" deletes it.";

    /// <summary>The first line of a bot's service.</summary>
    public const string BotMarker = "# Written by \"recollect bot service install\", which overwrites it; \"recollect bot service remove\" deletes it.";

    /// <summary>Gets the expression of the timer, with its zone: right through daylight saving.</summary>
    public static string Calendar(Schedule schedule) => string.Create(CultureInfo.InvariantCulture, $"*-*-* {schedule.At:HH':'mm}:00 {schedule.Zone.Id}");

    public static string Timer(Schedule schedule, string title) => Text(
    [
        Marker,
        "[Unit]",
        $"Description={title}: when it runs",
        "",
        "[Timer]",
        $"OnCalendar={Calendar(schedule)}",
        "# A night on which the machine was off is made up for at its next start.",
        "Persistent=true",
        "RandomizedDelaySec=0",
        "AccuracySec=1min",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]);

    /// <summary>Writes the service.</summary>
    /// <param name="schedule">What runs.</param>
    /// <param name="title">What it is, for people.</param>
    /// <param name="account">The account of a system unit; null: root.</param>
    /// <param name="isSystem">Whether it is a unit of the system, not of a user.</param>
    public static string Service(Schedule schedule, string title, string? account, bool isSystem) => Text(
    [
        Marker,
        .. Begin(title, isSystem),
        "",
        "[Service]",
        "Type=oneshot",
        .. Program(schedule.Job, account),
        "# A first run may take hours. Stopped before its end it exits with 130, and the next run goes on from there.",
        "TimeoutStartSec=infinity",
        "SuccessExitStatus=130",
        "UMask=0077",
        "",
        .. Sandbox(schedule.Job, isSystem),
    ]);

    /// <summary>Writes the service of a bot, which runs until it is stopped.</summary>
    /// <param name="job">What runs.</param>
    /// <param name="title">What it is, for people.</param>
    /// <param name="account">The account of a system unit; null: root.</param>
    /// <param name="isSystem">Whether it is a unit of the system, not of a user.</param>
    public static string BotService(ScheduledJob job, string title, string? account, bool isSystem) => Text(
    [
        BotMarker,
        .. Begin(title, isSystem),
        "# It is started again for ever.",
        "StartLimitIntervalSec=0",
        "",
        "[Service]",
        "Type=simple",
        .. Program(job, account),
        "Restart=always",
        "RestartSec=5",
        "# Settings that are wrong (2) are not better the next time.",
        "RestartPreventExitStatus=2",
        "SuccessExitStatus=130",
        "# The message in hand is answered before it ends.",
        "TimeoutStopSec=60",
        "UMask=0077",
        "",
        .. Sandbox(job, isSystem),
        "",
        "[Install]",
        isSystem ? "WantedBy=multi-user.target" : "WantedBy=default.target",
    ]);

    private static IEnumerable<string> Begin(string title, bool isSystem) =>
    [
        "[Unit]",
        $"Description={title}",
        .. isSystem ? ["Wants=network-online.target", "After=network-online.target"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Program(ScheduledJob job, string? account) =>
    [
        .. account is null ? Array.Empty<string>() : ["# Who owns the data.", $"User={account}"],
        "# Keys and other secrets are not written here: the program reads .env in its working folder.",
        $"WorkingDirectory={SystemdText.Line(job.WorkingFolder)}",
        .. job.DotnetRoot is { } root ? [$"Environment={SystemdText.Word($"DOTNET_ROOT={root}")}"] : Array.Empty<string>(),
        $"ExecStart={SystemdText.Command(job.Program, job.Arguments)}",
    ];

    private static IReadOnlyList<string> Sandbox(ScheduledJob job, bool isSystem) => isSystem ? SystemdSandbox.OfSystem(job) : SystemdSandbox.OfUser;

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
