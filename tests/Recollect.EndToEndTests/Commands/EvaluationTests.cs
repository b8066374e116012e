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

    public void Dispose() => _place.Dispose();
}
