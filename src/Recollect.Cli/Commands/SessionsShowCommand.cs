using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Cli.Output;
using Recollect.Sessions;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect sessions show</c>: what was said in one conversation.</summary>
internal static class SessionsShowCommand
{
    public static Command Create(CommandHost host)
    {
        var wanted = new Argument<string>("ID|CHAT") { Description = "A session, or a chat: then its newest session" };
        var command = new DocumentedCommand("show", """
            Shows a session with its messages, oldest first. Needs neither model nor memory store.

            Examples:
              recollect sessions show 972501234567@c.us
              recollect sessions show 4b0c1f5e-6f0f-4d38-9a51-0a6a3f1f6f2e --json
            """) { wanted };
        command.SetAction(host.Action(
            async (context, cancellationToken) =>
            {
                var store = context.Get<ISessionStore>();
                var name = context.Arguments.GetRequiredValue(wanted);
                var session = await FindAsync(store, name, cancellationToken)
                    ?? throw new UsageException($"There is no session with the id or the chat \"{Printable.Of(name)}\"; \"recollect sessions list\" shows which there are, with --archived those that became memories.");
                var messages = await store.ReadMessagesAsync(session, int.MaxValue, cancellationToken);
                var shown = SessionJson.From(session, context.Get<IOptions<SessionOptions>>().Value.Timeout, context.Get<TimeProvider>().GetUtcNow());
                Print(shown, messages, context.Output.People);
                context.Output.WriteJson(
                    new(shown, [.. messages.Select(static one => new SessionMessageJson(one.Id, one.Role, one.Sender, one.SentAt, one.Text, one.IsAnswered, one.IsSent))]),
                    static json => json.SessionShownJson);
                return ExitCodes.Done;
            },
            SessionsCommand.WithoutOthers));
        return command;
    }

    private static async ValueTask<Session?> FindAsync(ISessionStore store, string name, CancellationToken cancellationToken)
    {
        if (await store.GetAsync([name], cancellationToken) is [var session, ..])
        {
            return session;
        }

        foreach (var archived in new[] { false, true })
        {
            var ofChat = store.ListAsync(archived, cancellationToken).Where(one => string.Equals(one.Chat, name, StringComparison.Ordinal));
            if ((await ofChat.ToListAsync(cancellationToken)).MaxBy(static one => one.CreatedAt) is { } newest)
            {
                return newest;
            }
        }

        return null;
    }

    private static void Print(SessionJson session, IReadOnlyList<SessionMessage> messages, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Printable.Of(session.Id)}  {Printable.Of(session.Chat)}  {session.Status}, begun {session.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {session.Tokens:N0} tokens"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(session.Status is "live" ? "ends" : "ended")} {session.EndsAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(session.StoragePath is { } path ? $", archived in {Printable.Of(path)}" : string.Empty)}"));
        foreach (var message in messages)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {message.SentAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {Printable.Of(message.Role)}{(message.IsAnswered ? string.Empty : " (not answered)")}: {Printable.Of(message.Text.ReplaceLineEndings(" "))}"));
        }
    }
}
