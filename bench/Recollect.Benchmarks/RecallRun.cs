using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;

namespace Recollect.Benchmarks;

/// <summary>Recall over many memories of one owner or of several.</summary>
internal static class RecallRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var memories = arguments.Number("--memories", 100_000);
        var owners = arguments.Number("--owners", 1);
        using var workspace = new Workspace(arguments.Text("--data"));
        var chats = new ChatGenerator(new(memories, arguments.Number("--messages", memories * 6), owners));
        Phase.PrintHead();
        if (!Directory.Exists(workspace.Data))
        {
            chats.Write(workspace.Chats);
            await WholeRun.BackfillAsync("backfill", workspace, arguments);
        }

        var phase = Phase.Start("first recall");
        await using var services = Engine.Build(workspace.Data);
        await services.GetRequiredService<Recall.RecallEngine>().RecallAsync(
            new() { Owner = new() { User = ChatGenerator.UserOf(0) }, Text = "When is the dentist appointment?" }, CancellationToken.None);
        phase.End("in a new process, from building the services to the answer");
        var questions = arguments.Number("--questions", 1_000);
        await RecallMeter.RunAsync(services, chats, owners, questions, byMessage: false);
        await RecallMeter.RunAsync(services, chats, owners, questions, byMessage: true);
        return 0;
    }
}
