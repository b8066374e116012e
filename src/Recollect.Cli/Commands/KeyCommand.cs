using System.CommandLine;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect key</c>: keys of agents.</summary>
internal static class KeyCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("key", """
        Makes keys by which agents are known to "recollect serve".

        Example:
          recollect key new --name noor
        """) { KeyNewCommand.Create(host) };
}
