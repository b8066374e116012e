using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli.Features;
using Recollect.Cli.Output;
using Recollect.Cli.Telemetry;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Sessions;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect chat</c>: a conversation in the terminal, with memory.</summary>
internal static class ChatCommand
{
    public static Command Create(CommandHost host)
    {
        var user = new Option<string>("--user") { Description = "Who you are; sessions and memories are yours alone", HelpName = "ID", DefaultValueFactory = _ => Owner.DefaultUser };
        user.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--user must not be empty.");
            }
        });
        var command = new DocumentedCommand("chat", """
            Talks with the model of Generation:Llm in this terminal, line by line, until /exit or Ctrl-D. What was said is a session;
            once it has ended (24 hours after its last message, or with /reset) it becomes a memory, and later answers recall it.
            Inside: /memory [WORDS] shows what is remembered, /reset begins anew, /forget removes everything of yours.

            Examples:
              recollect chat
              recollect chat --user dana
              echo "What did we decide about the budget?" | recollect chat --user dana
            """) { user };
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                await Task.Yield(); // a signal is passed on only to what has yielded
                await using var services = await SessionHost.BuildAsync(host, arguments, isOnUnlessSet: true);
                services.GetRequiredService<RunLog>().BeginService(command.Name);
                services.GetRequiredService<TelemetryExport>().Begin();
                return await RunAsync(services, arguments.GetRequiredValue(user), output, cancellationToken);
            },
            host));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string user, CommandOutput output, CancellationToken cancellationToken)
    {
        var isOn = await services.GetRequiredService<IMemoryGate>().IsOnAsync(user, cancellationToken);
        if (isOn)
        {
            await services.GetRequiredService<IMemoryStore>().InitializeAsync(cancellationToken);
        }

        var terminal = new ChatTerminal(services, user, output, isInteractive: !Console.IsInputRedirected);
        await SessionHost.WhileSweepingAsync(services, () => terminal.TalkAsync(isOn, cancellationToken), cancellationToken);
        output.WriteJson(new(terminal.Answered, terminal.Failed), static json => json.ChatJson);
        return terminal.Failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }
}
