using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Bots;
using Recollect.Cli.Features;
using Recollect.Cli.Output;
using Recollect.Cli.Telemetry;
using Recollect.Registration;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect bot</c>: a bot where people write.</summary>
internal static class BotCommand
{
    /// <summary>The name of the channel.</summary>
    public const string WhatsApp = "whatsapp";

    public static Command Create(CommandHost host) => new DocumentedCommand("bot", """
        Answers people where they write, with the memory of what was said before.

        Examples:
          recollect bot whatsapp
          recollect bot service install
        """)
    {
        CreateWhatsApp(host),
        BotServiceCommand.Create(host),
    };

    private static DocumentedCommand CreateWhatsApp(CommandHost host)
    {
        var command = new DocumentedCommand(WhatsApp, """
            Answers the WhatsApp messages of one number, through GREEN-API, until Ctrl-C. Whoever writes has a session and a
            memory of earlier ones as far as the feature enable_memory_system is on for them; it is off unless set.
            "recollect init --recipe bot-sessions" writes the settings.

            Examples:
              recollect bot whatsapp
              recollect bot whatsapp --config bot.json
            """);
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                await Task.Yield(); // a signal is passed on only to what has yielded
                await using var services = await SessionHost.BuildAsync(
                    host, arguments, isOnUnlessSet: false, provider => new ConsoleLog(output.People, provider.GetRequiredService<TimeProvider>()));
                services.GetRequiredService<RunLog>().BeginService(command.Name);
                services.GetRequiredService<TelemetryExport>().Begin();
                await RunAsync(services, services.Choose<IChatChannel>("the channel", WhatsApp), output, cancellationToken);
                return ExitCodes.Done;
            },
            host));
        return command;
    }

    private static async Task RunAsync(IServiceProvider services, IChatChannel channel, CommandOutput output, CancellationToken stopping)
    {
        await output.People.WriteLineAsync($"Answering on {channel.Name}; Ctrl-C ends it.");
        await SessionHost.WhileSweepingAsync(services, async () =>
        {
            var done = await services.GetRequiredService<ChatBot>().RunAsync(channel, stopping);
            await output.People.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Stopped: {done.Answered} messages answered, {done.Failed} without a proper answer, {done.Ignored} notices that ask for none."));
            output.WriteJson(new(done.Answered, done.Failed, done.Ignored), static json => json.BotJson);
        }, stopping);
    }
}
