using System.CommandLine;
using Recollect.Cli.Output;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Systemd;
using Recollect.Cli.Settings;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect bot service</c>: lets systemd run the bot.</summary>
internal static class BotServiceCommand
{
    private static readonly string[] Bot = ["bot", "whatsapp"];

    public static Command Create(CommandHost host) => new DocumentedCommand("service", """
        Lets systemd run "recollect bot whatsapp" in this folder: from the machine's start on, and again whenever it ends.

        Examples:
          recollect bot service show
          recollect bot service install
          recollect bot service status
        """)
    {
        Of(host, "show", "Shows the unit file that would be installed, and whether it is. Changes nothing.", static (_, _) => UnchangedAsync(), PrintFiles),
        Of(host, "install", "Installs the service, enables it and starts it. Installing again brings it up to date; what is up to date is left alone.", static (service, token) => service.InstallAsync(token)),
        Of(host, "remove", "Stops the service and removes exactly what \"recollect bot service install\" installed.", static (service, token) => service.RemoveAsync(token)),
        Of(host, "start", "Starts the service.", static (service, token) => SwitchAsync(service, "start", token)),
        Of(host, "stop", "Stops the service: the message in hand is answered first. It starts again with the machine.", static (service, token) => SwitchAsync(service, "stop", token)),
        Of(host, "status", "Says whether the service is installed, up to date and running.", static (_, _) => UnchangedAsync()),
    };

    private static DocumentedCommand Of(
        CommandHost host, string name, string text, Func<SystemdInstaller, CancellationToken, Task<ScheduleChange>> run, Action<BotServiceJson, TextWriter>? more = null)
    {
        var options = new UnitOptionSet();
        var command = new DocumentedCommand(name, $"""
            {text}

            Examples:
              recollect bot service {name}
              recollect bot service {name} --user --name family
            """);
        options.AddTo(command);
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var config = context.Arguments.GetValue(host.Config) ?? (File.Exists(SettingsLoader.DefaultFile) ? SettingsLoader.DefaultFile : null);
            var job = context.Get<ScheduledJobReader>().Read(Bot, config, context.Arguments.GetValue(host.DataRoot));
            var service = await context.Get<SchedulerFactory>().CreateServiceAsync(options.Name(context.Arguments), job, options.Request(context.Arguments), cancellationToken);
            var change = await run(service, cancellationToken);
            var state = await service.InspectAsync(cancellationToken);
            var json = new BotServiceJson(
                options.Name(context.Arguments), state.Installed, state.UpToDate, await service.IsRunningAsync(cancellationToken), change.Changed,
                [.. service.Files.Select(static file => new ScheduledFileJson(file.Path, file.Text))], change.Commands);
            more?.Invoke(json, context.Output.People);
            Print(json, context.Output.People);
            context.Output.WriteJson(json, static json => json.BotServiceJson);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Task<ScheduleChange> UnchangedAsync() => Task.FromResult(new ScheduleChange(Changed: false, []));

    private static async Task<ScheduleChange> SwitchAsync(SystemdInstaller service, string verb, CancellationToken cancellationToken)
    {
        await service.SwitchAsync(verb, cancellationToken);
        return new(Changed: true, []);
    }

    private static void PrintFiles(BotServiceJson service, TextWriter output)
    {
        foreach (var file in service.Files)
        {
            output.WriteLine($"# {file.Path}\n{file.Text}");
        }
    }

    private static void Print(BotServiceJson service, TextWriter output)
    {
        output.WriteLine((service.Installed, service.UpToDate) switch
        {
            (false, _) => "Not installed: \"recollect bot service install\" installs it.",
            (_, true) => $"Installed as {service.Files[0].Path}.",
            _ => "Installed, but not as it would be now, or not enabled, or stopped: \"recollect bot service install\" brings it up to date and starts it.",
        });
        if (service.Running is { } isRunning)
        {
            output.WriteLine(isRunning ? "It runs." : "It does not run.");
        }

        if (service.Commands.Count > 0)
        {
            output.WriteLine("systemd was not told. Where the service runs, and once the file is where it looks for it, run:");
        }

        foreach (var command in service.Commands)
        {
            output.WriteLine($"  {command}");
        }
    }
}
