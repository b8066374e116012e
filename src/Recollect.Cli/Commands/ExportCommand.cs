using System.CommandLine;
using System.Globalization;
using Recollect.Cli.Output;
using Recollect.Transfer;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect export</c>: memories as one JSON object a line.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write" };
        var user = new Option<string?>("--user") { Description = "Only this user's memories", HelpName = "ID" };
        var tenant = new Option<string?>("--tenant") { Description = "Only this tenant's memories", HelpName = "NAME" };
        var force = new Option<bool>("--force") { Description = "Overwrite the file" };
        var command = new DocumentedCommand("export", """
            Writes memories with their messages, citations and vectors to a file, one JSON object a line.

            Examples:
              recollect export memories.jsonl
              recollect export dana.jsonl --user dana
            """) { file, user, tenant, force };
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var path = context.Arguments.GetRequiredValue(file);
            if (File.Exists(path) && !context.Arguments.GetValue(force))
            {
                throw new UsageException($"{path} exists already; name another file, or add --force.");
            }

            var (onlyUser, onlyTenant) = (context.Arguments.GetValue(user), context.Arguments.GetValue(tenant));
            var count = await AtomicFile.WriteAsync(path, stream => context.Get<MemoryArchive>().ExportAsync(
                stream,
                record => Matches(onlyUser, record.Memory.Owner.User) && Matches(onlyTenant, record.Memory.Owner.Tenant),
                cancellationToken));
            await context.Output.People.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Exported {count:N0} memories to {path}. The file holds the conversations' text: keep it safe, and delete it when a user is forgotten."));
            context.Output.WriteJson(new(count, path), static json => json.ExportJson);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static bool Matches(string? wanted, string actual) => wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);
}
