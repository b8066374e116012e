using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Recollect.Cli;

/// <summary>Prints the usual help and then the command's examples.</summary>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand command)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(command.Examples);
        }

        return code;
    }
}
