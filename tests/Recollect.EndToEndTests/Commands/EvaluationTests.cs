using System.Text.Json;
using Recollect.Conformance;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class EvaluationTests : IDisposable
{
    private static readonly string[] Scores = ["recall@1", "recall@10", "ndcg@10"];

    private readonly Workplace _place = new();

    [Fact]
    public async Task A_small_labelled_set_is_scored_and_leaves_nothing_behind()
    {
        _place.Write("set.json", """
            [{"sample_id": "s1",
              "conversation": {
                "speaker_a": "Ann", "speaker_b": "Ben",
                "session_1_date_time": "1:56 pm on 8 May, 2023",
                "session_1": [
                  {"speaker": "Ann", "dia_id": "D1:1", "text": "I adopted a parrot called Kiwi."},
                  {"speaker": "Ben", "dia_id": "D1:2", "text": "Lovely! My marathon is in October."}],
                "session_2_date_time": "9:05 am on 20 June, 2023",
                "session_2": [
                  {"speaker": "Ann", "dia_id": "D2:1", "text": "We moved to Oslo.", "blip_caption": "a red house by a fjord"}]},
              "qa": [
                {"question": "What is the parrot called?", "answer": "Kiwi", "evidence": ["D1:1"], "category": 4},
                {"question": "When is the marathon?", "answer": "October", "evidence": ["D1:2; D9:9"], "category": 2},
                {"question": "What did Ann steal?", "answer": "nothing", "evidence": ["D2:1"], "category": 5},
                {"question": "No evidence at all?", "answer": "no", "evidence": ["D:7:1"], "category": 1}]}]
            """);

        var report = await _place.JsonAsync("eval", "locomo", "set.json");

        Assert.Equal(2, report.Number("questions"));
        Assert.Equal(["turns", "windows", "sessions"], report.GetProperty("headline").EnumerateObject().Select(unit => unit.Name), StringComparer.Ordinal);
        Assert.All(
            report.GetProperty("headline").EnumerateObject(),
            unit => Assert.All(Scores, score => Assert.InRange(unit.Value.GetProperty(score).GetDouble(), 0, 100)));
        Assert.Equal(100, report.GetProperty("headline").GetProperty("turns").GetProperty("recall@10").GetDouble());
        Assert.NotEmpty(report.GetProperty("categories").EnumerateObject());
        Assert.False(Directory.Exists(_place.PathOf("data")));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("""[{"sample_id": "s1"}]""")]
    public async Task A_file_of_another_shape_is_refused(string text)
    {
        _place.Write("set.json", text);

        var result = await _place.RunAsync("eval", "locomo", "set.json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("set.json is not of the shape of LoCoMo", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Questions_of_ones_own_are_scored_over_ones_own_chats_and_leave_nothing_behind()
    {
        _place.Write("chats.jsonl", Chats.Small);
        _place.Write(
            "questions.jsonl",
            """{"question": "Which street does dana live in?", "message_ids": ["m1", "m2"], "user": "dana", "category": "places"}""",
            """{"question": "When is the piano lesson?", "message_ids": ["m3"], "user": "dana"}""",
            """{"question": "Which hotel did I book?", "message_ids": ["m1"], "user": "omar", "thread": "trip", "category": "places"}""");

        var report = await _place.JsonAsync("eval", "questions", "questions.jsonl", "--from", "chats.jsonl");

        Assert.Equal(3, report.Number("questions"));
        Assert.Equal(100, Turns(report.GetProperty("headline")));
        Assert.Equal(["places"], report.GetProperty("categories").EnumerateObject().Select(category => category.Name), StringComparer.Ordinal);
        Assert.Equal((0, 0), (report.Number("unreadable"), report.Number("unknown")));
        Assert.False(Directory.Exists(_place.PathOf("data")));
    }

    [Fact]
    public async Task The_questions_of_the_sample_chats_find_their_messages()
    {
        var samples = Path.Combine(Repository.Root, "samples");
        var report = await _place.JsonAsync("eval", "questions", Path.Combine(samples, "questions.jsonl"), "--from", Path.Combine(samples, "chats"));

        Assert.Equal((55, 0, 0), (report.Number("questions"), report.Number("unreadable"), report.Number("unknown")));
        Assert.InRange(Turns(report.GetProperty("headline")), 77, 100);
        Assert.InRange(report.GetProperty("headline").GetProperty("sessions").GetProperty("recall@10").GetDouble(), 96, 100);
    }

    [Fact]
    public async Task Without_chats_the_memories_there_are_are_asked_and_what_names_none_is_said_and_counted()
    {
        _place.Write("chats.jsonl", [.. Chats.Small, Chats.Line("m1", "office", "The printer is on the second floor.", "2024-03-01T08:00:00Z", user: "dana")]);
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        _place.Write(
            "questions.jsonl",
            """{"question": "Which street does dana live in?", "message_ids": ["m1", "m2", "m77"], "user": "dana"}""",
            """{"question": "Which hotel did I book?", "message_ids": ["m1"], "user": "dana", "thread": "trip"}""",
            "42");

        var result = await _place.RunAsync("eval", "questions", "questions.jsonl", "--json");
        var report = Workplace.JsonOf(result);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal((1, 1, 3), (report.Number("questions"), report.Number("unreadable"), report.Number("unknown")));
        Assert.Equal(100, Turns(report.GetProperty("headline")));
        Assert.Contains("questions.jsonl:1: m1 names several messages: say which \"thread\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("questions.jsonl:1: m77 names no message that dana may see", result.Error, StringComparison.Ordinal);
        Assert.Contains("questions.jsonl:2: m1 names no message that dana may see", result.Error, StringComparison.Ordinal);
        Assert.Contains("questions.jsonl:3: is not an object", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"question": "Which street?", "message_ids": ["m1"], "user": "nobody"}""")]
    public async Task Where_no_question_can_be_scored_nothing_is_measured(string line)
    {
        _place.Write("chats.jsonl", Chats.Small);
        _place.Write("questions.jsonl", line);

        var result = await _place.RunAsync("eval", "questions", "questions.jsonl", "--from", "chats.jsonl", "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("questions.jsonl holds no question that can be scored", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    public void Dispose() => _place.Dispose();

    private static double Turns(JsonElement scores) => scores.GetProperty("turns").GetProperty("recall@10").GetDouble();
}
