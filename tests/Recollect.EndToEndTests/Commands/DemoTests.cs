using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class DemoTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public async Task It_recalls_three_times_with_citations_and_changes_nothing_when_run_again()
    {
        var first = await _place.JsonAsync("demo");
        var second = await _place.JsonAsync("demo");

        var made = first.GetProperty("backfill").Number("created");
        Assert.True(made > 0);
        RunJsonAssert.Did(first.GetProperty("backfill"), created: made);
        RunJsonAssert.Did(second.GetProperty("backfill"), unchanged: made);
        Assert.Equal(["dana", "omar", "priya"], first.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("user").GetString()!), StringComparer.Ordinal);
        Assert.All(
            first.GetProperty("answers").EnumerateArray(),
            answer => Assert.NotEmpty(Assert.Single(answer.GetProperty("memories").EnumerateArray()).GetProperty("citations").EnumerateArray()));
        Assert.Equal(first.GetProperty("answers").GetRawText(), second.GetProperty("answers").GetRawText());
    }

    [Fact]
    public async Task People_see_questions_quotes_and_what_to_do_next()
    {
        var result = await _place.RunAsync("demo");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(3, result.Output.Split("\nrecall \"").Length - 1);
        Assert.Matches(@"   \[m\d+\] \w+, ", result.Output);
        Assert.Contains("recollect backfill --from", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_its_memories_apart_from_ones_own()
    {
        await _place.JsonAsync("demo");

        Assert.Equal(0, (await _place.JsonAsync("status")).Number("memories"));
    }

    public void Dispose() => _place.Dispose();
}
