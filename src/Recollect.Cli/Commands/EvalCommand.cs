using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli.Evaluation;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Runs;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect eval</c>: measures recall on a labelled set.</summary>
internal static class EvalCommand
{
    private const int MostNamed = 100;

    public static Command Create(CommandHost host) => new("eval", "Measures recall on a labelled set.") { CreateQuestions(host), CreateLocomo(host) };

    private static DocumentedCommand CreateLocomo(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A JSON file of the shape of LoCoMo" };
        var command = new DocumentedCommand("locomo", """
            Memorises the chats of a LoCoMo file in a temporary store, asks its questions, and scores what is found:
            recall and nDCG for turns, windows of six turns, and sessions, in percent.

            Example:
              recollect eval locomo locomo.json --json
            """) { file };
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var set = LocomoFile.Read(context.Arguments.GetRequiredValue(file));
            var report = await InTemporaryStoreAsync(
                folder =>
                {
                    var chats = Path.Combine(folder, "chats.jsonl");
                    using var stream = File.Create(chats);
                    LabelledChats.Write(set.Sessions, stream);
                    return Settings(context.Get<IConfiguration>(), folder, [new("Sources:Use", "files"), new("Sources:Files:Paths:0", chats), new("Segmentation:Window", "01:00:00"), new("Segmentation:MinMessages", "1")]);
                },
                set.Questions,
                cancellationToken);
            Print(report, context.Output.People);
            context.Output.WriteJson(report, static json => json.EvaluationReport);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static DocumentedCommand CreateQuestions(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "JSON Lines: a question and the ids of the messages that answer it" };
        var command = new DocumentedCommand("questions", """
            Asks questions of your own and scores what is found: recall and nDCG for messages (turns), windows of six messages, and
            conversations (sessions), in percent. With --from, the chats are memorised in a temporary store with your settings, which
            asks a configured model or endpoint as a backfill does; without, the memories that you have are asked and left as they are.

            A line of FILE; "user", "tenant" and "scope" say who asks, "thread" where ids are not unique, "category" is any word:
              {"question": "When is my piano lesson?", "message_ids": ["m3"], "user": "dana", "category": "dates"}

            Examples:
              recollect eval questions questions.jsonl --from chats.jsonl
              recollect eval questions questions.jsonl --json
            """) { file, FromOption.From };
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var path = context.Arguments.GetRequiredValue(file);
            var lines = await QuestionLines.ReadAsync(path, cancellationToken);
            KeyValuePair<string, string?>[] from = [.. FromOption.Settings(context.Arguments)];
            var report = from.Length > 0
                ? await InTemporaryStoreAsync(folder => Settings(context.Get<IConfiguration>(), folder, from), lines.Questions, cancellationToken)
                : await AskAsync(context.Services, lines.Questions, cancellationToken);
            return Report(report with { Unreadable = lines.Unreadable.Count }, [.. lines.Unreadable, .. report.UnknownIds], path, context.Output);
        }));
        return command;
    }

    private static int Report(EvaluationReport report, IReadOnlyList<string> problems, string path, CommandOutput output)
    {
        foreach (var problem in problems.Take(MostNamed))
        {
            output.Errors.WriteLine($"! {problem}");
        }

        if (problems.Count > MostNamed)
        {
            output.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"! and {problems.Count - MostNamed:N0} more"));
        }

        if (report.Questions == 0)
        {
            throw new UsageException($"{path} holds no question that can be scored, so nothing was measured: each line needs a \"question\" and the \"message_ids\" of memorised messages.");
        }

        Print(report, output.People);
        output.WriteJson(report, static json => json.EvaluationReport);
        return problems.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static async Task<EvaluationReport> InTemporaryStoreAsync(
        Func<string, IConfiguration> settings, IReadOnlyList<LabelledQuestion> questions, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("recollect-eval-").FullName;
        try
        {
            await using var services = Composition.Build(settings(folder));
            var run = await services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill, IncludeOpen = true }, progress: null, cancellationToken);
            if (run.Failed.Count > 0 || run.Unreadable > 0 || !run.SourceComplete || run.Status != RunStatus.Completed)
            {
                throw new UsageException($"The chats could not be memorised whole, so nothing was measured: {run.Failed.Values.Sum()} conversations failed, {run.Unreadable} messages could not be read.");
            }

            return await AskAsync(services, questions, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<EvaluationReport> AskAsync(IServiceProvider services, IReadOnlyList<LabelledQuestion> questions, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IMemoryStore>();
        await store.InitializeAsync(cancellationToken);
        return await new RecallEvaluation(services.GetRequiredService<RecallEngine>(), store).RunAsync(questions, cancellationToken);
    }

    /// <summary>Takes the settings as they are, but keeps nothing.</summary>
    private static IConfigurationRoot Settings(IConfiguration settings, string folder, IEnumerable<KeyValuePair<string, string?>> source) =>
        SettingsLayers.Merge(
            settings.AsEnumerable(),
            [
                .. source,
                new("Data:Root", Path.Combine(folder, "data")),
                new("State:Use", "sqlite"),
                new("Stores:Use", "sqlite"),
                new("Stores:KeepText", "true"),
                new("Delivery:Use", "none"),
                new("Delivery:Mirror", "none"),
            ]);

    private static void Print(EvaluationReport report, TextWriter output)
    {
        Print($"{report.Questions} questions", report.Headline, output);
        foreach (var (name, scores) in report.Categories)
        {
            Print(name, scores, output);
        }
    }

    private static void Print(string title, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> units, TextWriter output)
    {
        output.WriteLine(title);
        foreach (var (unit, scores) in units)
        {
            output.WriteLine($"  {unit,-9}{string.Join("  ", scores.Select(score => string.Create(CultureInfo.InvariantCulture, $"{score.Key} {score.Value,5:0.0}")))}");
        }
    }
}
