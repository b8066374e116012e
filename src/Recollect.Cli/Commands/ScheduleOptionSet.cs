using System.CommandLine;
using System.Text.RegularExpressions;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Cron;
using Recollect.Cli.Scheduling.Systemd;

namespace Recollect.Cli.Commands;

/// <summary>The options that the commands about the schedule share.</summary>
internal sealed partial class ScheduleOptionSet
{
    private readonly Option<string?> _at = new("--at") { Description = "The time of day [default: Schedule:At, 03:00]", HelpName = "HH:MM" };
    private readonly Option<string?> _zone = new("--zone") { Description = "Its time zone, an IANA name [default: Schedule:Zone, UTC]", HelpName = "ZONE" };
    private readonly Option<bool> _systemd = new("--systemd") { Description = "A service and a timer of systemd [default: where it runs]" };
    private readonly Option<bool> _cron = new("--cron") { Description = "An entry in your crontab" };
    private readonly UnitOptionSet _unit = new("schedules");

    public ScheduleOptionSet()
    {
        _at.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !TimeOfDay().IsMatch(token.Value))
            {
                result.AddError($"--at must be hours and minutes from 00:00 to 23:59, not \"{token.Value}\".");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _at, _zone, _systemd, _cron })
        {
            command.Options.Add(option);
        }

        _unit.AddTo(command);

        command.Validators.Add(result =>
        {
            if (result.GetValue(_systemd) && result.GetValue(_cron))
            {
                result.AddError("--systemd and --cron exclude each other.");
            }
        });
    }

    /// <summary>Gets the settings that the options stand for.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult arguments) =>
        [new("Schedule:At", arguments.GetValue(_at)), new("Schedule:Zone", arguments.GetValue(_zone))];

    public string Name(ParseResult arguments) => _unit.Name(arguments);

    public SchedulerRequest Request(ParseResult arguments) => _unit.Request(arguments) with
    {
        Kind = arguments.GetValue(_systemd) ? SystemdScheduler.KindName : arguments.GetValue(_cron) ? CronScheduler.KindName : null,
    };

    [GeneratedRegex(@"^([01]?[0-9]|2[0-3]):[0-5][0-9]\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeOfDay();
}
