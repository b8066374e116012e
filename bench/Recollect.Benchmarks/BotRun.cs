using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Sessions;

namespace Recollect.Benchmarks;

/// <summary>What memory adds to a bot's answer: a model that answers at once, many live sessions and many memories.</summary>
internal static class BotRun
{
    private const int MessagesBefore = 3; // turns that each session has had

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
        phase.End(string.Create(CultureInfo.InvariantCulture, $"{sessions} sessions of {MessagesBefore * 2} messages"));

        await chat.AnswerAsync(Ask(0, "What was the first answer?", string.Create(CultureInfo.InvariantCulture, $"first {Stopwatch.GetTimestamp()}")), onText: null, CancellationToken.None); // it loads the vocabulary
        phase = Phase.Start("turns");
        var whole = new Latencies();
        var recalled = 0L;
        var asked = 0;
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
        return 0;

        ChatQuestion Ask(int person, string text, string id) => question with { Chat = ChatGenerator.UserOf(person), Person = ChatGenerator.UserOf(person), Text = text, MessageId = id };
    }
}
