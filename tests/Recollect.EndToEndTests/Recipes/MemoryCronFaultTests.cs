using System.Collections.Concurrent;
using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Commands;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe <c>memory-cron</c> over a webhook that fails and in processes that are killed.</summary>
public sealed class MemoryCronFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Concurrency = 4;

    private static readonly (int Chats, int Kills) Size = Workplace.IsFull ? (3_000, 100) : (600, 12);

    private readonly Random _random = new(20_260_105);
    private MemoryCronPlace _here = null!;

    public async ValueTask InitializeAsync() => _here = await MemoryCronPlace.CreateAsync();

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task Killed_at_any_moment_while_it_posts_it_loses_nothing_and_repeats_at_most_what_was_in_flight()
    {
        var world = new ChatWorld(seed: 2, Size.Chats, DateTimeOffset.UtcNow.AddDays(-40));
        _here.Source.Add(world.Chats);
        var step = Math.Max(1, world.Expected.Count / (Size.Kills + 2));
        var kills = 0;
        while (kills < Size.Kills && _here.Receiver.Accepted.Count < world.Expected.Count)
        {
            kills += await KillAsync(_here.Receiver.Calls.Count + _random.Next(0, step));
        }

        var last = await _here.RunAsync("backfill");

        Assert.Equal(world.Expected.Order(StringComparer.Ordinal), _here.Posted.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        output.WriteLine($"{kills} kills, {_here.Receiver.Accepted.Count} conversations taken once each, {_here.Receiver.Repeated} calls repeated under their key");
        Assert.InRange(_here.Receiver.Repeated, 0, kills * Concurrency);
        Assert.Equal(world.Expected.Count, last.Number("created") + last.Number("unchanged"));
        Assert.Equal(0, last.Sum("failed"));
        RunJsonAssert.CalledNothing(await _here.RunAsync("backfill"));
    }

    [Fact]
    public async Task A_webhook_that_fails_in_every_way_gets_all_in_the_end_or_has_it_parked_with_the_reason()
    {
        var world = new ChatWorld(seed: 3, chats: 500, DateTimeOffset.UtcNow.AddDays(-40));
        _here.Source.Add(world.Chats);
        _here.Place.Variables["RECOLLECT__Generation__Webhook__Timeout"] = "1s";
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var refused = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        _here.Receiver.Script = call => Misbehave(call, seen.AddOrUpdate(call.Key, 0, (_, times) => times + 1), refused);

        var first = await _here.RunAsync("backfill");
        var rest = await _here.RunAsync("retry");

        var all = world.Expected.Count;
        output.WriteLine($"{all} conversations: {first.Number("created")} created, {first.Sum("failed")} failed at first; {_here.Receiver.Calls.Count} calls, {refused.Count} refused for good");
        Assert.Equal(all, first.Number("created") + first.Sum("failed"));
        Assert.Equal(first.Number("created"), first.GetProperty("deliveries").Number("sent"));
        Assert.Equal(first.Sum("failed"), first.GetProperty("deliveries").Number("failed"));
        Assert.Equal(all - refused.Count, first.Number("created") + rest.Number("created"));
        Assert.Equal(all - refused.Count, _here.Receiver.Accepted.Count);
        Assert.Equal(0, _here.Receiver.Repeated);
        var parked = (await _here.Place.JsonAsync("status")).GetProperty("parked").EnumerateArray().ToArray();
        Assert.Equal(refused.Count, parked.Length);
        Assert.All(parked, one => Assert.Contains("422", one.GetProperty("error").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_that_is_down_ends_the_run_soon_and_the_next_night_catches_up()
    {
        var world = new ChatWorld(seed: 4, chats: 300, DateTimeOffset.UtcNow.AddDays(-40));
        _here.Source.Add(world.Chats);
        _here.Place.Variables["RECOLLECT__Generation__Webhook__Patience"] = "0s";
        _here.Receiver.Script = _ => WebhookAnswer.Of(503);

        var down = await _here.RunAsync("backfill");

        Assert.Equal(world.Expected.Count, down.GetProperty("failed").Number("delivery"));
        Assert.InRange(_here.Receiver.Calls.Count, 10, 60); // not four for each
        _here.Receiver.Script = _ => null;
        Assert.Equal(world.Expected.Count, (await _here.RunAsync("retry")).Number("created"));
    }

    /// <summary>Fails the first call of a key in one of many ways, so that a later one succeeds; some keys are refused for good.</summary>
    private static WebhookAnswer? Misbehave(WebhookCall call, int times, ConcurrentDictionary<string, bool> refused)
    {
        var kind = Convert.ToInt32(call.Key[^2..], 16) % 100;
        switch (kind)
        {
            case < 3:
                refused[call.Key] = true;
                return WebhookAnswer.Of(422, "the words of the conversation");
            case >= 3 when times > 0:
                return null;
            case < 23:
                return WebhookAnswer.Of(500, "oh no");
            case < 28:
                return WebhookAnswer.Silence;
            case < 33:
                return WebhookAnswer.Of(429) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "1" } };
            case < 38:
                return WebhookAnswer.Of(200, "<html>not what you want</html>");
            case < 43:
                return WebhookAnswer.Of(200, """{"Memory":"cut o""");
            case < 46:
                return WebhookAnswer.Of(200, """{"Memory":"","Status":"false"}""");
            case < 50:
                return WebhookAnswer.Cut;
            default:
                return null;
        }
    }

    private async Task<int> KillAsync(int calls)
    {
        using var process = _here.Place.Start("backfill");
        while (_here.Receiver.Calls.Count <= calls)
        {
            if (await process.EndsWithinAsync(TimeSpan.FromMilliseconds(1)))
            {
                return 0;
            }
        }

        await process.KillAsync();
        return 1;
    }
}
