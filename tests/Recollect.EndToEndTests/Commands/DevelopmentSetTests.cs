using System.Globalization;
using System.Text.Json;
using Recollect.Conformance;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>Three long conversations that may lie beside the repository but are no part of it.</summary>
public sealed class DevelopmentSetTests : IDisposable
{
    private static readonly string? File = Find();

    private readonly Workplace _place = new();

    [Fact]
    public async Task Every_session_becomes_one_memory_once()
    {
        Assert.SkipWhen(File is null, "locomo-dev.json is not there");
        var (lines, sessions) = Convert(File!);
        _place.Write("chats.jsonl", lines);

        var first = await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var second = await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        using var last = JsonDocument.Parse(lines[^1]);
        var thread = last.RootElement.GetProperty("thread").GetString()!;
        _place.Append("chats.jsonl", Chats.Line("one more", thread, "One more thing.", last.RootElement.GetProperty("sent_at").GetString()!, user: thread));
        var third = await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        RunJsonAssert.Did(first, created: sessions);
        Assert.Equal(lines.Count, first.Number("messages"));
        RunJsonAssert.Did(second, unchanged: sessions);
        RunJsonAssert.CalledNothing(second);
        RunJsonAssert.Did(third, updated: 1, unchanged: sessions - 1);
    }

    [Fact]
    public async Task Recall_is_as_good_as_it_was_and_the_same_in_every_run()
    {
        Assert.SkipWhen(File is null, "locomo-dev.json is not there");

        var report = await _place.JsonAsync("eval", "locomo", File!);
        var again = await _place.JsonAsync("eval", "locomo", File!);

        Assert.Equal(383, report.Number("questions"));
        Assert.InRange(Recall("turns"), 82, 100);
        Assert.InRange(Recall("windows"), 89, 100);
        Assert.InRange(Recall("sessions"), 94, 100);
        Assert.Equal(report.GetRawText(), again.GetRawText());

        double Recall(string unit) => report.GetProperty("headline").GetProperty(unit).GetProperty("recall@10").GetDouble();
    }

    public void Dispose() => _place.Dispose();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "locomo-dev.json");
            if (System.IO.File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static (List<string> Lines, int Sessions) Convert(string path)
    {
        using var set = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
        var lines = new List<string>();
        var sessions = 0;
        foreach (var sample in set.RootElement.EnumerateArray())
        {
            var name = sample.GetProperty("sample_id").GetString()!;
            var conversation = sample.GetProperty("conversation");
            for (var number = 1; conversation.TryGetProperty(FormattableString.Invariant($"session_{number}_date_time"), out var start); number++)
            {
                if (!conversation.TryGetProperty(FormattableString.Invariant($"session_{number}"), out var turns) || turns.GetArrayLength() == 0)
                {
                    continue;
                }

                sessions++;
                var begin = DateTime.ParseExact(start.GetString()!, "h:mm tt 'on' d MMMM, yyyy", CultureInfo.InvariantCulture);
                lines.AddRange(turns.EnumerateArray().Select((turn, i) => Convert(turn, name, conversation.GetProperty("speaker_a").GetString()!, begin.AddSeconds(i * 30))));
            }
        }

        return (lines, sessions);
    }

    private static string Convert(JsonElement turn, string sample, string speakerA, DateTime sentAt) => Chats.Line(
        turn.GetProperty("dia_id").GetString(),
        sample,
        turn.GetProperty("text").GetString() + (turn.TryGetProperty("blip_caption", out var caption) ? $" [shares {caption.GetString()}]" : string.Empty),
        sentAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        sample,
        turn.GetProperty("speaker").ValueEquals(speakerA) ? "user" : "assistant");
}
