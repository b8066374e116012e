using System.CommandLine;
using Recollect.Cli.Output;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Server.Api;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect recall</c>: what memory has on a question.</summary>
internal static class RecallCommand
{
    private const string ByMessage = "message";

    public static Command Create(CommandHost host)
    {
        var query = new Argument<string>("QUERY") { Description = "The question, in any words" };
        var user = OwnerOptions.User();
        var tenant = OwnerOptions.Tenant();
        var scope = OwnerOptions.Scope();
        var top = new Option<int>("--top") { Description = "How many results at the most", HelpName = "N", DefaultValueFactory = _ => 5, CustomParser = result => NumberParser.Parse(result, 1, RecallQuery.MaxTop) };
        var least = new Option<double?>("--min-similarity") { Description = "Leave out conversations less similar than this (cosine, -1 to 1)", HelpName = "X", CustomParser = result => NumberParser.Parse(result, -1.0, 1.0) };
        var by = new Option<string>("--by") { Description = "What to find", DefaultValueFactory = _ => "conversation" };
        by.AcceptOnlyFromAmong("conversation", ByMessage);
        var command = new DocumentedCommand("recall", """
            Finds what memory has on a question, with the messages that it rests on.
            Only what the user may see in the scope is searched.

            Examples:
              recollect recall "where do I live now?" --user dana
              recollect recall "project deadline" --user 61 --by message --top 10 --json
            """) { query, user, tenant, scope, top, least, by };
        command.SetAction(host.Action((context, cancellationToken) => RunAsync(
            context,
            new()
            {
                Text = context.Arguments.GetRequiredValue(query),
                Owner = new() { Tenant = context.Arguments.GetRequiredValue(tenant), User = context.Arguments.GetRequiredValue(user), Scope = context.Arguments.GetRequiredValue(scope) },
                Top = context.Arguments.GetValue(top),
                MinSimilarity = context.Arguments.GetValue(least),
            },
            string.Equals(context.Arguments.GetValue(by), ByMessage, StringComparison.Ordinal),
            cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, RecallQuery query, bool byMessage, CancellationToken cancellationToken)
    {
        await context.Get<IMemoryStore>().InitializeAsync(cancellationToken);
        var engine = context.Get<RecallEngine>();
        int count;
        if (byMessage)
        {
            var found = await engine.RecallMessagesAsync(query, cancellationToken);
            RecallPrinter.Print(found, context.Output.People);
            context.Output.WriteJson(RecalledMessagesJson.From(found), static json => json.RecalledMessagesJson);
            count = found.Count;
        }
        else
        {
            var found = await engine.RecallAsync(query, cancellationToken);
            RecallPrinter.Print(found, context.Output.People);
            context.Output.WriteJson(RecalledMemoriesJson.From(found), static json => json.RecalledMemoriesJson);
            count = found.Count;
        }

        if (count == 0)
        {
            await context.Output.People.WriteLineAsync("Nothing was found that this user may see.");
        }

        return ExitCodes.Done;
    }
}
