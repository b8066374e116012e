using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli.Features;
using Recollect.Cli.Output;
using Recollect.Sessions;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect sessions reset</c>: ends the conversation of one chat.</summary>
internal static class SessionsResetCommand
{
    public static Command Create(CommandHost host)
    {
        var chat = new Argument<string>("CHAT") { Description = "The chat, as \"recollect sessions list\" shows it" };
        chat.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("CHAT must not be empty.");
            }
        });
        var command = new DocumentedCommand("reset", """
            Ends the session of a chat and makes a memory of it, as /reset does. The next message begins a new one.

            Example:
              recollect sessions reset 972501234567@c.us
            """) { chat };
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                await using var services = await SessionHost.BuildAsync(
                    host, arguments, isOnUnlessSet: true, provider => new ConsoleLog(output.Errors, provider.GetRequiredService<TimeProvider>()));
                var result = await services.GetRequiredService<LiveSessions>().ResetAsync(arguments.GetRequiredValue(chat), cancellationToken);
                await output.People.WriteLineAsync(Describe(result));
                output.WriteJson(result, static json => json.ResetResult);
                return result.IsSaved ? ExitCodes.Done : ExitCodes.SomeFailed;
            },
            host));
        return command;
    }

    private static string Describe(ResetResult result) => (result.HadMessages, result.IsSaved) switch
    {
        (false, true) => "There was no session with messages.",
        (true, true) => "The session has ended, and its memory is stored.",
        _ => "The session has ended, but its memory is not stored yet; the next sweep tries it again, and nothing is lost.",
    };
}
