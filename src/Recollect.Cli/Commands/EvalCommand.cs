using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli.Evaluation;
using Recollect.Cli.Output;
using Recollect.Recall;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect eval</c>: measures recall on a labelled set.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A JSON file of the shape of LoCoMo" };
        var locomo = new DocumentedCommand("locomo", """
            Memorises the chats of a LoCoMo file in a temporary store, asks its questions, and scores what is found:
            recall and nDCG for turns, windows of six turns, and sessions, in percent.

            Example:
              recollect eval locomo locomo.json --json
            """) { file };
        locomo.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var report = await EvaluateAsync(context, LocomoFile.Read(context.Arguments.GetRequiredValue(file)), cancellationToken);
            Print(report, context.Output.People);
            context.Output.WriteJson(report, OutputJson.Readable.EvaluationReport);
            return ExitCodes.Done;
        }));
        return new("eval", "Measures recall on a labelled set.") { locomo };
    }

    private static async Task<EvaluationReport> EvaluateAsync(CommandContext context, LabelledSet set, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("recollect-eval-").FullName;
        try
        {
            var chats = Path.Combine(folder, "chats.jsonl");
            await using (var stream = File.Create(chats))
            {
                LabelledChats.Write(set.Sessions, stream);
            }

            await using var services = Composition.Build(Settings(context.Get<IConfiguration>(), folder, chats));
            await services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = Runs.RunMode.Backfill }, progress: null, cancellationToken);
            return await new RecallEvaluation(services.GetRequiredService<RecallEngine>()).RunAsync(set, onQuestion: null, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Takes the settings as they are, but reads the labelled chats and keeps nothing.</summary>
    private static IConfigurationRoot Settings(IConfiguration settings, string folder, string chats) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.AsEnumerable().Where(pair => pair.Value is not null))
            .AddInMemoryCollection(
            [
                new("Data:Root", Path.Combine(folder, "data")),
                new("Sources:Use", "files"),
                new("Sources:Files:Paths:0", chats),
                new("Segmentation:Window", "01:00:00"),
                new("Segmentation:MinMessages", "1"),
                new("State:Use", "sqlite"),
                new("Stores:Use", "sqlite"),
                new("Stores:KeepText", "true"),
                new("Delivery:Use", "none"),
            ])
            .Build();

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
