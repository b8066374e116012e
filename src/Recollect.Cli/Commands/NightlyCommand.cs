using System.CommandLine;
using Recollect.Runs;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect nightly</c>: what changed since the last run, and what was left open or failed.</summary>
internal static class NightlyCommand
{
    public static Command Create(CommandHost host)
    {
        var lookback = new Option<TimeSpan>("--lookback")
        {
            Description = "Look back at least this long: 24h, 90m, 7d",
            HelpName = "TIME",
            DefaultValueFactory = _ => TimeSpan.FromHours(24),
            CustomParser = result => DurationParser.Parse(result),
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done and what it would cost; change nothing" };
        var command = new DocumentedCommand("nightly", """
            Memorises what changed since the last run, and what was left open or failed.
            Made for a timer ("recollect schedule install"): a night that was missed is caught up by the next. While another run
            is under way it does nothing, says so, and exits with 0.

            Examples:
              recollect nightly
              recollect nightly --lookback 7d --json
            """) { FromOption.From, lookback, dryRun };
        command.SetAction(host.Action(
            (context, cancellationToken) => RunCommand.RunAsync(
                context,
                new() { Mode = RunMode.Nightly, Lookback = context.Arguments.GetValue(lookback), DryRun = context.Arguments.GetValue(dryRun) },
                cancellationToken),
            FromOption.Settings));
        return command;
    }
}
