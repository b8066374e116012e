using System.CommandLine;
using Recollect.Runs;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect retry</c>: what failed or is parked, now.</summary>
internal static class RetryCommand
{
    public static Command Create(CommandHost host)
    {
        var ids = new Argument<string[]>("ID") { Description = "Conversation ids, as status lists them [default: all that failed or are parked]", Arity = ArgumentArity.ZeroOrMore };
        var command = new DocumentedCommand("retry", """
            Tries conversations that failed or are parked again, without waiting for their pause.

            Examples:
              recollect retry
              recollect retry 3f0c9a… --json
            """) { ids, FromOption.From };
        command.SetAction(host.Action(
            (context, cancellationToken) => RunCommand.RunAsync(
                context, new() { Mode = RunMode.Retry, Conversations = context.Arguments.GetValue(ids) ?? [] }, cancellationToken),
            FromOption.Settings));
        return command;
    }
}
