using System.CommandLine;
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
            BackfillCommand.Create(host),
            NightlyCommand.Create(host),
            RecallCommand.Create(host),
            EvalCommand.Create(host),
            StatusCommand.Create(host),
            DoctorCommand.Create(host),
            RetryCommand.Create(host),
            ForgetCommand.Create(host),
            ExportCommand.Create(host),
            ImportCommand.Create(host),
        };
        root.Options.Add(host.Config);
        root.Options.Add(host.DataRoot);
        root.Options.Add(host.Json);
        return root;
    }
}
