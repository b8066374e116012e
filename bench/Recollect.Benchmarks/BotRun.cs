using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Recall;
using Recollect.Sessions;

namespace Recollect.Benchmarks;

/// <summary>What memory adds to a bot's answer: a model that answers at once, many live sessions and many memories.</summary>
internal static class BotRun
{
    private const int MessagesBefore = 3; // turns that each session has had
    private const int WarmUp = 500;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var memories = arguments.Number("--memories", 100_000);
        var sessions = arguments.Number("--sessions", 10_000);
        var turns = arguments.Number("--turns", 2_000);
        using var workspace = new Workspace(arguments.Text("--data"));
        var chats = new ChatGenerator(new(memories, memories * 6, sessions));
        Phase.PrintHead();
        if (!Directory.Exists(workspace.Data))
        {
            chats.Write(workspace.Chats);
            await WholeRun.BackfillAsync("backfill", workspace, arguments);
        }

        await using var services = Engine.Build(workspace.Data, from: null, services => services.AddSingleton<IChatClient, InstantModel>(), ("Sources:Use", "sessions"), ("Sessions:LongTerm:MinSimilarity", "0.05"));
        var chat = services.GetRequiredService<SessionChat>();
        var live = services.GetRequiredService<LiveSessions>();
        var phase = Phase.Start("live sessions");
        var question = new ChatQuestion { Chat = "x", Person = "x", Text = string.Empty };
        await Parallel.ForEachAsync(Enumerable.Range(0, sessions), async (person, token) =>
        {
            for (var turn = 0; turn < MessagesBefore; turn++)
            {
                await live.AppendAsync(Ask(person, "Could you remind me of what we said about the garden and the neighbours?", $"before {turn}"), "We said that the fence is to be mended before the summer.", token);
            }
        });
        var asked = 0;
        phase.End(string.Create(CultureInfo.InvariantCulture, $"{sessions} sessions of {MessagesBefore * 2} messages"));

        foreach (var text in chats.Questions(WarmUp)) // a bot runs for weeks: its vocabulary is loaded and its code compiled
        {
            await chat.AnswerAsync(Ask(asked * 7_919 % sessions, text, string.Create(CultureInfo.InvariantCulture, $"first {Stopwatch.GetTimestamp()} {asked++}")), onText: null, CancellationToken.None);
        }

        phase = Phase.Start("turns");
        var whole = new Latencies();
        var recalled = 0L;
        foreach (var text in chats.Questions(turns))
        {
            var one = Ask(asked * 7_919 % sessions, text, string.Create(CultureInfo.InvariantCulture, $"turn {Stopwatch.GetTimestamp()} {asked++}"));
            var start = Stopwatch.GetTimestamp();
            var answer = await chat.AnswerAsync(one, onText: null, CancellationToken.None);
            whole.Add(Stopwatch.GetElapsedTime(start));
            await live.MarkSentAsync(one.Chat, one.MessageId!, CancellationToken.None);
            recalled += answer.Recalled.Count;
        }

        phase.End($"{whole}; {recalled} memories recalled");
        await PartsAsync();
        return 0;

        // What the parts of an answer take, each called by itself.
        async Task PartsAsync()
        {
            var engine = services.GetRequiredService<RecallEngine>();
            (Latencies Again, Latencies Recall, Latencies Context, Latencies Append) parts = (new(), new(), new(), new());
            foreach (var text in chats.Questions(turns))
            {
                var one = Ask(asked * 7_919 % sessions, text, string.Create(CultureInfo.InvariantCulture, $"part {Stopwatch.GetTimestamp()} {asked++}"));
                await TimeAsync(parts.Again, async () => await live.FindAnswerAsync(one.Chat, one.MessageId!, CancellationToken.None));
                IReadOnlyList<RecalledMemory> found = [];
                await TimeAsync(parts.Recall, async () => found = await engine.RecallAsync(new() { Owner = new() { User = one.Chat }, Text = one.Text, Top = 5, MinSimilarity = 0.05 }, CancellationToken.None));
                await TimeAsync(parts.Context, async () => await live.ContextAsync(one, SessionRole.Client, "You are kind.", _ => ValueTask.FromResult<IReadOnlyList<RecalledText>>([.. found.Select(static memory => new RecalledText(memory.Memory.Summary, memory.Similarity ?? 0))]), CancellationToken.None));
                await TimeAsync(parts.Append, async () => await live.AppendAsync(one, "It is Tuesday.", CancellationToken.None));
            }

            Console.WriteLine($"delivered before: {parts.Again}");
            Console.WriteLine($"recall:           {parts.Recall}");
            Console.WriteLine($"context:          {parts.Context}");
            Console.WriteLine($"keeping:          {parts.Append}");
        }

        static async Task TimeAsync(Latencies latencies, Func<Task> work)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            latencies.Add(Stopwatch.GetElapsedTime(start));
        }

        ChatQuestion Ask(int person, string text, string id) => question with { Chat = ChatGenerator.UserOf(person), Person = ChatGenerator.UserOf(person), Text = text, MessageId = id };
    }
}
