using Microsoft.Extensions.DependencyInjection;
using Recollect.Memorize.Generation;
using Recollect.Recall;
using Recollect.Telemetry;
using Xunit;

namespace Recollect.IntegrationTests.Telemetry;

/// <summary>P13: no text of conversations, no question and no name of a user is in a trace or a metric, whatever happens.</summary>
public sealed class QuietTelemetryTests
{
    private const string Mark = "quokka";

    private static readonly string[] Hostile =
    [
        Mark, $"The {Mark} is \"here\"\n\tand 'there'", $"{{\"task_type\":\"{Mark}\"}}", $"\0{Mark}\uD83D", $"00-{Mark}-01", $"؟{Mark}‮", string.Concat(Enumerable.Repeat(Mark + " ", 3_000)),
    ];

    [Fact]
    public Task Nothing_of_what_was_said_is_in_any_tag() => AssertQuietAsync(change: null, TelemetryNames.SpanStore);

    [Fact]
    public Task Nothing_is_where_a_failure_repeats_it_either() =>
        AssertQuietAsync(services => services.AddSingleton<IMemoryWriter>(new FailingWriter(new InvalidOperationException($"cannot read the {Mark}"))), TelemetryNames.SpanWrite);

    private static async Task AssertQuietAsync(Action<IServiceCollection>? change, string reached)
    {
        await using var bench = new TelemetryBench(new ListedSource([.. Hostile.Select((text, i) => ($"t{i}", new[] { text, text }))]), change);

        await bench.TriggerAndWorkAsync();
        foreach (var text in Hostile)
        {
            var question = new RecallQuery { Owner = new() { User = ListedSource.User }, Text = text };
            await bench.Get<RecallEngine>().RecallAsync(question, CancellationToken.None);
            await bench.Get<RecallEngine>().RecallMessagesAsync(question, CancellationToken.None);
        }

        Assert.Equal(Hostile.Length, bench.Caught.Named(TelemetryNames.SpanConversation).Length);
        Assert.NotEmpty(bench.Caught.Named(reached));
        Assert.Equal(2 * Hostile.Length, bench.Caught.Named(TelemetryNames.SpanRecall).Length);
        var words = bench.Caught.Spans.SelectMany(span => span.TagObjects.SelectMany(tag => new[] { tag.Key, $"{tag.Value}" })
                .Concat(span.Events.SelectMany(one => one.Tags.Select(tag => $"{one.Name} {tag.Key} {tag.Value}"))).Concat([span.DisplayName, span.StatusDescription ?? string.Empty, span.TraceStateString ?? string.Empty]))
            .Concat(bench.Caught.Numbers.SelectMany(number => number.Tags).Select(tag => $"{tag.Key} {tag.Value}"));
        Assert.All(words.Distinct(StringComparer.Ordinal), word =>
        {
            Assert.DoesNotContain(Mark, word, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(ListedSource.User, word, StringComparison.OrdinalIgnoreCase);
        });
    }
}
