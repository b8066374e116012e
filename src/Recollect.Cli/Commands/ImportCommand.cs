using System.CommandLine;
using System.Globalization;
using Recollect.Transfer;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect import</c>: reads what export wrote.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that export wrote" };
        var command = new DocumentedCommand("import", """
            Reads memories that export wrote into the configured store. What is there already is left alone,
            and users that were forgotten stay forgotten.

            Example:
              recollect import memories.jsonl
            """) { file };
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var path = context.Arguments.GetRequiredValue(file);
            await using var stream = Open(path);
            var report = await context.Get<MemoryArchive>().ImportAsync(stream, cancellationToken);
            foreach (var message in report.Unreadable)
            {
                await context.Output.People.WriteLineAsync($"! {path}: {message}");
            }

            await context.Output.People.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"Imported {report.Imported:N0} memories; {report.Unchanged:N0} were there already, {report.Forgotten:N0} belong to forgotten users, {report.UnreadableCount:N0} lines could not be read."));
            context.Output.WriteJson(report, static json => json.ImportReport);
            return report.UnreadableCount > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        }));
        return command;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {ex.Message}");
        }
    }
}
