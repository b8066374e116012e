using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Recollect.Cli.Commands;

namespace Recollect.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var host = new CommandHost();
        var root = new RootCommand("Turns the conversations that bots and assistants already had into durable, searchable memory.")
        {
            DemoCommand.Create(host),
            InitCommand.Create(host),
            BackfillCommand.Create(host),
            NightlyCommand.Create(host),
            RecallCommand.Create(host),
            EvalCommand.Create(host),
            ScheduleCommand.Create(host),
            StatusCommand.Create(host),
            DoctorCommand.Create(host),
            ServeCommand.Create(host),
            WorkerCommand.Create(host),
            McpCommand.Create(host),
            ChatCommand.Create(host),
            BotCommand.Create(host),
            SessionsCommand.Create(host),
            BackupCommand.Create(host),
            RestoreCommand.Create(host),
            KeyCommand.Create(host),
            RetryCommand.Create(host),
            ForgetCommand.Create(host),
            ExportCommand.Create(host),
            ImportCommand.Create(host),
        };
        root.Options.Add(host.Config);
        root.Options.Add(host.DataRoot);
        root.Options.Add(host.Json);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Gets what people type to get at a command.</summary>
    public static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "recollect";
}
