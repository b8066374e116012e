using System.Globalization;
using Recollect.Conformance;
using Recollect.Health;
using Recollect.Sessions;
using Xunit;

namespace Recollect.IntegrationTests.Sessions;

/// <summary>The numbers of a bot, and their levels.</summary>
public sealed class BotStatusTests : IDisposable
{
    private readonly SessionHost _bot = new(canCrash: false);

    private string Path => System.IO.Path.Combine(_bot.Root, "bot-metrics.json");

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task A_bot_that_never_was_here_has_no_numbers()
    {
        Assert.Empty(await ReadAsync());
    }

    [Theory]
    [InlineData(0, "ok")]
    [InlineData(1, "warning")]
    [InlineData(5, "alert")]
    public async Task Answers_that_failed_are_counted_against_the_levels(int failures, string level)
    {
        for (var i = 0; i < 100; i++)
        {
            _bot.Model.Failure = i < failures ? new InvalidOperationException("away") : null;
            await _bot.SayAsync("Hello", string.Create(CultureInfo.InvariantCulture, $"w{i}"), string.Create(CultureInfo.InvariantCulture, $"{i}@c.us"));
        }

        _bot.Restart(); // writes what was counted

        Assert.Equal((failures, level), (Value("error_rate", await ReadAsync()), Level("error_rate", await ReadAsync())));
        Assert.Equal((100, "ok"), (Value("live_sessions", await ReadAsync()), Level("live_sessions", await ReadAsync())));
    }

    [Theory]
    [InlineData(499, "ok")]
    [InlineData(560, "warning")]
    [InlineData(1_100, "alert")]
    public void The_response_time_is_that_of_95_of_100(int milliseconds, string level)
    {
        var turns = _bot.Get<TurnNumbers>();
        for (var i = 0; i < 100; i++)
        {
            turns.Count(isAnswered: true, TimeSpan.FromMilliseconds(i < 94 ? 3 : i < 96 ? milliseconds * 0.9 : 60_000));
        }

        turns.Dispose();
        var p95 = turns.Read().P95!.Value.TotalMilliseconds;

        Assert.InRange(p95, milliseconds * 0.9, milliseconds * 0.9 * 1.1);
        Assert.Equal(level, new BotMetric("x", "x", milliseconds, "ms", 500, 1_000).Level);
    }

    [Fact]
    public async Task Numbers_are_written_once_a_minute_and_older_ones_than_a_day_go()
    {
        await _bot.SayAsync("Hello", "w1");
        var atOnce = File.Exists(Path);
        _bot.Time.Advance(TimeSpan.FromMinutes(1));
        await _bot.SayAsync("Hello", "w2");
        var first = _bot.Get<TurnNumbers>().Read();
        _bot.Time.Advance(TimeSpan.FromHours(25));
        await _bot.SayAsync("Hello", "w3");
        var second = _bot.Get<TurnNumbers>().Read();

        Assert.False(atOnce);
        Assert.Equal((2L, 1L), (first.Answered, second.Answered));
        Assert.Equal(UnixMode.OwnFile, UnixMode.Of(Path));
        Assert.DoesNotContain("Hello", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("97250", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turns_without_memory_are_counted_too()
    {
        _bot.Switch.IsOn = false;
        await _bot.SayAsync("Hello", "w1");
        _bot.Restart();

        Assert.Equal(1, _bot.Get<TurnNumbers>().Read().Answered);
        Assert.False(Directory.Exists(_bot.SessionRoot));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{\"hour\":\"soon\"}]")]
    [InlineData("[{\"hour\":\"2026-01-05T12:00:00Z\",\"answered\":-1}]")]
    [InlineData("[{\"hour\":\"2026-01-05T12:00:00Z\",\"answered\":1,\"durations\":null}]")]
    [InlineData("[{\"hour\":\"2026-01-05T12:00:00Z\",\"answered\":1,\"durations\":{\"99999\":1}}]")]
    public async Task A_file_that_holds_something_else_begins_anew(string text)
    {
        Directory.CreateDirectory(_bot.Root);
        await File.WriteAllTextAsync(Path, text, TestContext.Current.CancellationToken);

        var before = _bot.Get<TurnNumbers>().Read();
        await _bot.SayAsync("Hello", "w1");
        _bot.Restart();

        Assert.Equal((0L, 1L), (before.Answered, _bot.Get<TurnNumbers>().Read().Answered));
    }

    [Fact]
    public async Task Sessions_that_ended_by_themselves_are_told_from_those_that_were_reset()
    {
        await _bot.SayAsync("Hello", "w1", "a@c.us");
        await _bot.SayAsync("Hello", "w1", "b@c.us");
        await _bot.SayAsync("Hello", "w1", "c@c.us");
        _bot.Time.Advance(TimeSpan.FromHours(24));
        await _bot.SayAsync("Hello", "w1", "d@c.us");
        await _bot.SayAsync("/reset", "w2", "d@c.us");
        await _bot.Sweeper.SweepAsync(CancellationToken.None);

        Assert.Equal(75, Value("auto_expiry", await ReadAsync()));
        Assert.Equal(0, Value("live_sessions", await ReadAsync()));
    }

    private static double? Value(string name, IReadOnlyList<BotMetric> metrics) => metrics.Single(one => string.Equals(one.Name, name, StringComparison.Ordinal)).Value;

    private static string Level(string name, IReadOnlyList<BotMetric> metrics) => metrics.Single(one => string.Equals(one.Name, name, StringComparison.Ordinal)).Level;

    private Task<IReadOnlyList<BotMetric>> ReadAsync() => _bot.Get<BotStatusReader>().ReadAsync(CancellationToken.None);
}
