using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Recollect.Cli.Output;
using Recollect.Recall;
using Recollect.Runs;
using Recollect.Server.Api;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect demo</c>: memorises the shipped sample chats and recalls from them.</summary>
internal static class DemoCommand
{
    private static readonly (string User, string Question)[] Questions =
    [
        ("dana", "Which street do I live in?"),
        ("omar", "Where am I staying in Lisbon, now that the hotel cancelled?"),
        ("priya", "When is the meeting with the teacher?"),
    ];

    public static Command Create(CommandHost host)
    {
        var serve = new Option<bool>("--serve") { Description = "Then shows them in the browser, until Ctrl-C" };
        var urls = new Option<string?>("--urls") { Description = "Where to listen, with --serve [default: http://127.0.0.1:8201]", HelpName = "URL" };
        var command = new DocumentedCommand("demo", """
            Memorises 60 made-up chats of four people, offline and without a key, and recalls from them.
            It keeps its data in a folder "demo" of its own within the data root.

            Examples:
              recollect demo
              recollect demo --serve
            """) { serve, urls };
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            if (context.Arguments.GetValue(urls) is not null && !context.Arguments.GetValue(serve))
            {
                throw new UsageException("--urls says where --serve listens; give both, or neither.");
            }

            var settings = Settings(context.Get<IConfiguration>(), context.Arguments.GetValue(urls));
            var code = await RunAsync(context, settings, cancellationToken);
            if (context.Arguments.GetValue(serve))
            {
                await ServeCommand.ServeAsync(
                    settings,
                    command.Name,
                    context.Output,
                    server => context.Output.People.WriteLine($"Open {server.Urls.First()} in your browser; Ctrl-C ends it."),
                    cancellationToken);
            }

            return code;
        }));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, IConfiguration settings, CancellationToken cancellationToken)
    {
        await using var services = Composition.Build(settings);
        var demo = context with { Services = services };
        var people = context.Output.People;
        await people.WriteLineAsync("Memorising the sample chats of dana, omar, priya and lukas …");
        var report = await demo.Get<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, cancellationToken);
        RunReportPrinter.Print(report, people);
        var answers = new List<DemoAnswerJson>();
        foreach (var (user, question) in Questions)
        {
            await people.WriteLineAsync($"\nrecall \"{question}\" --user {user}");
            var found = await demo.Get<RecallEngine>().RecallAsync(new() { Owner = new() { User = user }, Text = question, Top = 1 }, cancellationToken);
            RecallPrinter.Print(found, people);
            answers.Add(new(user, question, RecalledMemoriesJson.From(found).Memories));
        }

        var recollect = File.Exists("recollect") ? "./recollect" : "recollect";
        await people.WriteLineAsync($"""

            Now with your own chats (JSON Lines, a ChatGPT conversations.json, or a WhatsApp chat export):
              {recollect} backfill --from FILE-OR-FOLDER
              {recollect} recall "a question" --user default
            """);
        context.Output.WriteJson(new(RunReportJson.From(report), answers), static json => json.DemoJson);
        return report.Failed.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    /// <summary>The defaults, whatever the config says, in a folder of the demo's own.</summary>
    private static IConfigurationRoot Settings(IConfiguration settings, string? urls) =>
        new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:Root", Path.Combine(settings["Data:Root"] ?? new DataOptions().Root, "demo")),
            new("Sources:Files:Paths:0", Path.Combine(AppContext.BaseDirectory, "samples", "chats")),
            .. urls is null ? [] : new KeyValuePair<string, string?>[] { new("Server:Urls", urls) },
        ]).Build();
}
