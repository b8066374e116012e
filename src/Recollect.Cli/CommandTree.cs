using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Recollect.Cli.Commands;

namespace Recollect.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    private static readonly (string Name, Func<CommandHost, Command> Create)[] Commands =
    [
        ("demo", DemoCommand.Create),
        ("init", InitCommand.Create),
        ("backfill", BackfillCommand.Create),
        ("nightly", NightlyCommand.Create),
        ("recall", RecallCommand.Create),
        ("eval", EvalCommand.Create),
        ("schedule", ScheduleCommand.Create),
        ("status", StatusCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("serve", ServeCommand.Create),
        ("worker", WorkerCommand.Create),
        ("mcp", McpCommand.Create),
        ("chat", ChatCommand.Create),
        ("bot", BotCommand.Create),
        ("sessions", SessionsCommand.Create),
        ("backup", BackupCommand.Create),
        ("restore", RestoreCommand.Create),
        ("key", KeyCommand.Create),
        ("retry", RetryCommand.Create),
        ("forget", ForgetCommand.Create),
        ("export", ExportCommand.Create),
        ("import", ImportCommand.Create),
    ];

    /// <summary>Makes the commands.</summary>
    /// <param name="first">The first word of the command line: where it is a command, that one is made alone, because all of them take a while; null makes all.</param>
    public static RootCommand Build(string? first = null)
    {
        var host = new CommandHost();
        var root = new RootCommand("Turns the conversations that bots and assistants already had into durable, searchable memory.");
        var named = Array.FindAll(Commands, command => string.Equals(command.Name, first, StringComparison.Ordinal));
        foreach (var (_, create) in named.Length > 0 ? named : Commands)
        {
            root.Subcommands.Add(create(host));
        }

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
