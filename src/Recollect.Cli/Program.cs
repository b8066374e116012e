using System.CommandLine;
using System.CommandLine.Invocation;
using Recollect.Cli;

var parsed = CommandTree.Build().Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Action is ParseErrorAction)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"recollect: {error.Message}");
    }

    await Console.Error.WriteLineAsync($"Run \"{CommandTree.PathOf(parsed.CommandResult)} --help\" to see how it is used.");
    return ExitCodes.WrongUse;
}

return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
