using System.Globalization;
using System.Text.Json;
using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe <c>memory-cron</c> from end to end, in processes of its own.</summary>
public sealed class MemoryCronTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private MemoryCronPlace _here = null!;

    public async ValueTask InitializeAsync() => _here = await MemoryCronPlace.CreateAsync();

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task Every_conversation_of_3000_chats_is_posted_once_exact_to_the_byte_and_none_twice()
    {
        var world = new ChatWorld(seed: 1, chats: 3_000, Now.AddDays(-40));
        var expected = world.Expected.Order(StringComparer.Ordinal).ToArray();
        _here.Source.Add(world.Chats);
        var newcomers = Enumerable.Range(0, 30).Select(i => world.Add(Now.AddSeconds(-60 + i), workspace: 3, place: 3)).ToArray();
        _here.Source.Fail(AnythingLlmStub.ChatsRoute, newcomers.Select((chat, i) => i % 5 == 4 ? StubFault.Empty(hasPages: true) : StubFault.First(() => _here.Source.Add(chat)))); // while it reads

        var first = await _here.RunAsync("backfill");

        Assert.Equal(expected, _here.Posted.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal((expected.Length, expected.Length, 0), (first.Number("created"), first.GetProperty("deliveries").Number("sent"), _here.Receiver.Repeated));
        Assert.Equal(_here.Receiver.Calls.Count, expected.Length);
        Assert.All(_here.Receiver.Calls, call => Assert.False(call.Headers.ContainsKey("Authorization")));
        output.WriteLine($"{expected.Length} conversations of {world.Chats.Count} chats, {_here.Source.Offsets.Count} pages read, {first.Number("elapsed_ms")} ms");

        var before = _here.Source.Offsets.Count;
        var second = await _here.RunAsync("nightly");

        Assert.Equal(expected.Length, _here.Receiver.Calls.Count);
        RunJsonAssert.CalledNothing(second);
        Assert.Equal((0L, 0L), (second.Number("created"), second.Number("updated")));
        var pages = _here.Source.Offsets.Count - before;
        output.WriteLine($"the night after read {pages} pages");
        Assert.InRange(pages, 1, 4); // the new chats fill one page, and their thread goes back into the next
    }

    [Theory]
    [InlineData("00:00:00 00:59:59", 1)]
    [InlineData("00:00:00 01:00:00", 1)]
    [InlineData("00:00:00 01:00:01", 2)]
    [InlineData("01:00:00 01:45:00 02:30:00 04:00:00", 2)]
    [InlineData("10:00:00 10:30:00 11:20:00 12:45:00 13:15:00", 2)]
    public async Task A_silence_up_to_the_window_continues_a_conversation_and_a_longer_one_ends_it(string times, int conversations)
    {
        var day = Now.AddDays(-2).Date;
        _here.Source.Add(times.Split(' ').Select((time, i) => new StubChat { Id = i + 1, CreatedAt = StubChat.Time(new(day + TimeSpan.Parse(time, CultureInfo.InvariantCulture), TimeSpan.Zero)) }));

        var run = await _here.RunAsync("backfill");

        Assert.Equal((conversations, conversations), (run.Number("created"), _here.Receiver.Accepted.Count));
    }

    [Fact]
    public async Task A_window_of_other_hours_is_a_variable()
    {
        _here.Source.Add(Chat(1, Now.AddHours(-30)), Chat(2, Now.AddHours(-28.2)));
        _here.Place.Variables["WINDOW_HOURS"] = "2";

        Assert.Equal(1, (await _here.RunAsync("backfill")).Number("created"));

        _here.Place.Variables["WINDOW_HOURS"] = "soon";
        var wrong = await _here.Place.RunAsync("backfill");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Segmentation:Window", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_conversation_waits_until_it_has_ended_and_is_then_posted_whole()
    {
        _here.Source.Add(Chat(1, Now.AddMinutes(-50)), Chat(2, Now.AddMinutes(-1)));

        var open = await _here.RunAsync("nightly");
        _here.Place.Variables["WINDOW_HOURS"] = "0.01"; // as if an hour went by
        _here.Source.Clear();
        _here.Source.Add(Chat(1, Now.AddMinutes(-3)), Chat(2, Now.AddMinutes(-2.8)));
        var ended = await _here.RunAsync("nightly");

        Assert.Equal((1L, 0), (open.GetProperty("skipped").Number("still_open"), 0));
        Assert.Equal(1, ended.Number("created"));
        Assert.Contains("User: question 1", _here.Posted.Single(), StringComparison.Ordinal);
        Assert.Contains("User: question 2", _here.Posted.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_grew_is_posted_again_under_a_new_key_and_told_or_left_as_it_is_where_so_set()
    {
        _here.Source.Add(Chat(1, Now.AddHours(-10)));
        await _here.RunAsync("backfill");
        _here.Source.Add(Chat(2, Now.AddHours(-9.5)));
        _here.Place.Variables["WEBHOOK_ON_CHANGE"] = "Ignore";
        var ignored = await _here.RunAsync("nightly");
        Assert.Equal((1L, 1), (ignored.GetProperty("skipped").Number("already_sent"), _here.Receiver.Calls.Count));

        _here.Place.Variables["WEBHOOK_ON_CHANGE"] = "Send";
        var sent = await _here.RunAsync("nightly");

        Assert.Equal((1L, 2, 0), (sent.Number("updated"), _here.Receiver.Accepted.Count, _here.Receiver.Repeated));
        Assert.Contains("new key", sent.GetProperty("notices")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_is_recalled_with_the_messages_that_it_rests_on()
    {
        _here.Source.Add(Chat(1, Now.AddHours(-10)));
        _here.Receiver.Reply = _ => WebhookAnswer.Summary("Dana keeps the spare key behind the kitchen door.");
        await _here.RunAsync("backfill");

        var found = await _here.Place.JsonAsync("recall", "where is the spare key", "--user", "dana");

        var memory = found.GetProperty("memories")[0];
        Assert.Equal("Dana keeps the spare key behind the kitchen door.", memory.GetProperty("summary").GetString());
        Assert.Equal("1.prompt", memory.GetProperty("citations")[0].GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task The_files_that_a_team_expects_are_kept_and_a_team_that_brings_them_has_nothing_sent_again()
    {
        var world = new ChatWorld(seed: 5, chats: 300, Now.AddDays(-40));
        _here.Source.Add(world.Chats);
        var first = await _here.RunAsync("backfill");
        using var memories = JsonDocument.Parse(await File.ReadAllBytesAsync(_here.Place.PathOf("data/conversation_memories.json"), TestContext.Current.CancellationToken));
        Assert.Equal(world.Expected.Count, memories.RootElement.GetProperty("memories").GetArrayLength());
        Directory.CreateDirectory(_here.Place.PathOf("switched"));
        foreach (var name in new[] { "conversation_memories.json", "processed_conversations.json" })
        {
            File.Copy(_here.Place.PathOf($"data/{name}"), _here.Place.PathOf($"switched/{name}"));
        }

        var switched = await _here.RunAsync("backfill", "--data-root", "switched");

        Assert.Equal((first.Number("created"), 0L), (switched.Number("created"), switched.GetProperty("deliveries").Number("sent")));
        Assert.Equal(world.Expected.Count, _here.Receiver.Calls.Count);
        Assert.Contains(switched.GetProperty("notices").EnumerateArray(), notice => notice.GetString()!.Contains($"{world.Expected.Count}", StringComparison.Ordinal));
        foreach (var name in new[] { "conversation_memories.json", "processed_conversations.json" })
        {
            Assert.Equal(await File.ReadAllTextAsync(_here.Place.PathOf($"data/{name}"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_here.Place.PathOf($"switched/{name}"), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task The_doctor_tests_key_endpoint_and_webhook_without_posting()
    {
        _here.Source.Add(Chat(1, Now.AddHours(-10)));
        Assert.True((await _here.Place.JsonAsync("doctor")).GetProperty("healthy").GetBoolean());
        Assert.DoesNotContain(_here.Receiver.Calls, call => call.Method is "POST");

        _here.Place.Variables["WEBHOOK_URL"] = "http://127.0.0.1:9/hook";
        _here.Place.Variables["ANYTHINGLLM_API_KEY"] = "WRONG";
        var sick = await _here.Place.RunAsync("doctor");

        Assert.Equal(3, sick.ExitCode);
        Assert.Contains("Generation:Webhook:Url", sick.Output, StringComparison.Ordinal);
        Assert.Contains("refused the key", sick.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", sick.Output + sick.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_in_the_environment_is_named()
    {
        _here.Place.Variables.Remove("WEBHOOK_URL");

        var run = await _here.Place.RunAsync("nightly");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("WEBHOOK_URL", run.Error, StringComparison.Ordinal);
    }

    private static StubChat Chat(int id, DateTimeOffset at) => new() { Id = id, CreatedAt = StubChat.Time(at), Prompt = $"question {id}" };
}
