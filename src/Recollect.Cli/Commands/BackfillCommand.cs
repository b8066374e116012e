using System.CommandLine;
using Recollect.Runs;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect backfill</c>: everything the source has, in order, resumable.</summary>
internal static class BackfillCommand
{
    public static Command Create(CommandHost host)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done and what it would cost; change nothing" };
        var limit = new Option<int?>("--limit") { Description = "Make at most N memories; run again for the next N", HelpName = "N", CustomParser = result => NumberParser.Parse(result, 1, int.MaxValue) };
        var includeOpen = new Option<bool>("--include-open") { Description = "Also memorise conversations that have not ended yet" };
        var prune = new Option<bool>("--prune") { Description = "Retire memories of conversations that are gone from the source: name all its files, or give some of them a Sources:Name of their own" };
        var command = new DocumentedCommand("backfill", """
            Memorises everything the source has. Run it again at any time: what is unchanged costs nothing.

            Examples:
              recollect backfill --from chats/
              recollect backfill --from export/conversations.json --dry-run
              recollect backfill --from "logs/**/*.jsonl" --json
            """) { FromOption.From, dryRun, limit, includeOpen, prune };
        command.SetAction(host.Action(
            (context, cancellationToken) => RunCommand.RunAsync(
                context,
                new()
                {
                    Mode = RunMode.Backfill,
                    DryRun = context.Arguments.GetValue(dryRun),
                    Limit = context.Arguments.GetValue(limit),
                    IncludeOpen = context.Arguments.GetValue(includeOpen),
                    Prune = context.Arguments.GetValue(prune),
                },
                cancellationToken),
            FromOption.Settings));
        return command;
    }
}
