using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Cli.Output;
using Recollect.Sessions;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect sessions list</c>: which conversations there are.</summary>
internal static class SessionsListCommand
{
    public static Command Create(CommandHost host)
    {
        var archived = new Option<bool>("--archived") { Description = "Those that became memories, instead of the others" };
        var command = new DocumentedCommand("list", """
            Lists sessions, the one that spoke last first. Needs neither model nor memory store.

            Examples:
              recollect sessions list
              recollect sessions list --archived --json
            """) { archived };
        command.SetAction(host.Action(
            async (context, cancellationToken) =>
            {
                var (timeout, now) = (context.Get<IOptions<SessionOptions>>().Value.Timeout, context.Get<TimeProvider>().GetUtcNow());
                var isArchived = context.Arguments.GetValue(archived);
                var found = await context.Get<ISessionStore>().ListAsync(isArchived, cancellationToken).ToListAsync(cancellationToken);
                SessionJson[] sessions = [.. found.OrderByDescending(static session => session.LastActive).ThenBy(static session => session.Id, StringComparer.Ordinal).Select(session => SessionJson.From(session, timeout, now))];
                Print(sessions, isArchived, context.Output.People);
                context.Output.WriteJson(new(sessions), static json => json.SessionListJson);
                return ExitCodes.Done;
            },
            SessionsCommand.WithoutOthers));
        return command;
    }

    private static void Print(SessionJson[] sessions, bool isArchived, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sessions.Length:N0} {(isArchived ? "archived sessions" : "sessions that are not archived")}."));
        foreach (var one in sessions)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Printable.Of(one.Id)}  {Printable.Of(one.Chat)}  {one.Status}  {one.Messages:N0} messages, {one.Tokens:N0} tokens, last {one.LastActive.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
        }
    }
}
