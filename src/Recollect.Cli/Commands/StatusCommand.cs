using System.CommandLine;
using System.Globalization;
using Recollect.Cli.Output;
using Recollect.Conversations;
using Recollect.Health;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect status</c>: what is stored, parked and stale.</summary>
internal static class StatusCommand
{
    private const int MaxListed = 20;

    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("status", """
            Shows what is stored, what is open, failed, parked or stale, and how the last runs went; of a bot also its sessions,
            response time, size and errors, each against its alert levels.

            Example:
              recollect status --json
            """);
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var status = await context.Get<StatusReader>().ReadAsync(cancellationToken);
            var bot = await context.Get<BotStatusReader>().ReadAsync(cancellationToken);
            Print(status, context.Output.People);
            PrintBot(bot, context.Output.People);
            context.Output.WriteJson(StatusJson.From(status, bot), static json => json.StatusJson);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void Print(StatusReport status, TextWriter output)
    {
        var store = status.Store;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{store.Memories:N0} memories of {store.Users:N0} users, {store.Messages:N0} messages, {store.Chunks:N0} vectors; {status.ForgottenUsers:N0} users forgotten."));
        if (status.Stale > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{status.Stale:N0} memories are stale: made with other settings than those of now, the oldest of {status.OldestStale:yyyy-MM-dd HH:mm} UTC. A backfill makes them again."));
        }

        if (store.LargestUsers.Count > 0)
        {
            var users = store.LargestUsers.Select(one => string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(Name(one))} {one.Memories:N0}"));
            output.WriteLine($"Memories by user: {string.Join(", ", users)}{(store.Users > store.LargestUsers.Count ? ", …" : string.Empty)}");
        }

        output.WriteLine(status.Watermark is { } watermark
            ? string.Create(CultureInfo.InvariantCulture, $"The source was last read to its end by the run of {watermark:yyyy-MM-dd HH:mm:ss} UTC.")
            : "The source was never read to its end: run a backfill.");
        foreach (var group in status.Pending.GroupBy(one => one.Status).OrderBy(group => group.Key))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Count():N0} conversations {Describe(group.Key)}"));
            foreach (var one in group.Where(one => one.Status != PendingStatus.Open).Take(MaxListed))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one.ConversationId}  failed in {one.FailedRuns} runs  {one.Reason}: {one.Error}"));
            }
        }

        foreach (var run in status.Runs)
        {
            var counts = run.Report is { } report
                ? string.Create(CultureInfo.InvariantCulture, $"{report.Read:N0} read, {report.Created:N0} created, {report.Updated:N0} updated, {report.Failed.Values.Sum():N0} failed")
                : "under way, or its process died";
            output.WriteLine($"  {run.Id}  {run.Status.ToString().ToLowerInvariant()}: {counts}");
        }
    }

    private static void PrintBot(IReadOnlyList<BotMetric> bot, TextWriter output)
    {
        foreach (var metric in bot)
        {
            var value = metric.Value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number:#,0.##} {metric.Unit}").TrimEnd() : "nothing measured yet";
            var levels = metric.Alert is { } alert ? string.Create(CultureInfo.InvariantCulture, $" (warning from {metric.Warning:N0}, alert from {alert:N0})") : string.Empty;
            output.WriteLine($"{metric.Level,-8} {metric.Title}: {value}{levels}");
        }
    }

    private static string Name(UserMemories user) => string.Equals(user.Tenant, Owner.DefaultTenant, StringComparison.Ordinal) ? user.User : $"{user.Tenant}/{user.User}";

    private static string Describe(PendingStatus status) => status switch
    {
        PendingStatus.Open => "have not ended yet and are picked up later.",
        PendingStatus.Failed => "failed and are tried again by the next runs:",
        _ => "are parked; \"recollect retry\" tries them again:",
    };
}
