using System.CommandLine;
using System.CommandLine.Invocation;
using Recollect.Cli;

var parsed = CommandTree.Build(args.FirstOrDefault()).Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Action is ParseErrorAction)
{
    // What is missing is of no interest where a word was misspelt.
    var unknown = parsed.Errors.Where(error => parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))).ToList();
    foreach (var error in unknown.Count > 0 ? unknown : parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"recollect: {string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
    }

    await Console.Error.WriteLineAsync($"Run \"{CommandTree.PathOf(parsed.CommandResult)} --help\" to see how it is used.");
    return ExitCodes.WrongUse;
}

return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
