using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Runs;

namespace Recollect.Benchmarks;

/// <summary>The whole job over generated chats: backfill, once more without a change, once more with one new message, and recall.</summary>
internal static class WholeRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var shape = Shape(arguments);
        using var workspace = new Workspace(arguments.Text("--data"));
        var chats = new ChatGenerator(shape);
        Phase.PrintHead();
        var phase = Phase.Start("generate");
        chats.Write(workspace.Chats);
        phase.End($"{new FileInfo(workspace.Chats).Length >> 20} MiB of JSON Lines");
        await BackfillAsync("backfill", workspace, arguments);
        await BackfillAsync("again, nothing changed", workspace, arguments);
        ChatGenerator.Append(workspace.Chats);
        await BackfillAsync("one message more", workspace, arguments);
        await using var services = Open(workspace, arguments);
        var questions = arguments.Number("--questions", 1_000);
        await RecallMeter.RunAsync(services, chats, shape.Owners, questions, byMessage: false);
        await RecallMeter.RunAsync(services, chats, shape.Owners, questions, byMessage: true);
        return 0;
    }

    public static int Generate(string path, Arguments arguments)
    {
        new ChatGenerator(Shape(arguments)).Write(path);
        return 0;
    }

    public static async Task BackfillAsync(string name, Workspace workspace, Arguments arguments)
    {
        var phase = Phase.Start(name);
        RunReport report;
        await using (var services = Open(workspace, arguments))
        {
            report = await services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);
        }

        phase.End(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Read} read, {report.Created} created, {report.Updated} updated, {report.Unchanged} unchanged, {report.Failed.Values.Sum()} failed; "
            + $"{report.Messages} messages; {report.Embedding.Calls} embedding calls; {workspace.MebibytesOnDisk} MiB on disk"));
    }

    private static ServiceProvider Open(Workspace workspace, Arguments arguments) =>
        Engine.Build(workspace.Data, workspace.Chats, ("Generation:Use", arguments.Text("--writer") ?? "extractive"));

    private static ChatShape Shape(Arguments arguments) =>
        new(arguments.Number("--conversations", 17_000), arguments.Number("--messages", 300_000), arguments.Number("--owners", 500));
}
