using System.Text;
using System.Text.Json;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>Files as they come: the good is stored, the bad is named and counted.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private readonly Workplace _place = new();

    public HostileFilesTests() => _place.Write("good.jsonl", Chats.Small);

    public static TheoryData<string, byte[], string> BadLines => new()
    {
        { "invalid UTF-8", [.. """{"id":"x","thread":"t","role":"user","text":" """u8, 0xC3, 0x28, .. "\",\"sent_at\":\"2024-01-01T00:00:00Z\"}\n"u8], "is not valid UTF-8" },
        { "a cut line", """{"id":"x","thread":"t","role":"user","te"""u8.ToArray(), "ends in the middle" },
        { "a JSON bomb", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":[", 50_000)) + "\n"), "is nested deeper than 64 levels" },
        { "a date in the future", Line("x", "2999-01-01T00:00:00Z"), "sent_at lies in the future" },
        { "no time", """{"id":"x","thread":"t","role":"user","text":"a"}"""u8.ToArray(), "sent_at" },
        { "a time that is none", Line("x", "yesterday"), "sent_at" },
        { "no thread", """{"id":"x","role":"user","text":"a","sent_at":"2024-01-01T00:00:00Z"}"""u8.ToArray(), "thread" },
        { "a list", "[1,2,3]\n"u8.ToArray(), "is not a JSON object" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task A_line_that_cannot_be_read_is_named_with_its_reason_and_the_rest_is_stored(string what, byte[] line, string reason)
    {
        _place.Write("bad.jsonl", [.. Line("ok", "2024-05-01T00:00:00Z"), .. line]);

        var run = await _place.JsonAsync("backfill", "--from", "good.jsonl", "bad.jsonl");

        RunJsonAssert.Did(run, created: 4);
        Assert.True(run.Number("unreadable") == 1, what);
        var notice = run.GetProperty("notices")[0].GetString()!;
        Assert.StartsWith("bad.jsonl:2: ", notice, StringComparison.Ordinal);
        Assert.Contains(reason, notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_above_the_longest_is_passed_over_and_one_below_is_read()
    {
        var line = Line("long", "2024-05-01T00:00:00Z", new string('x', 10 * 1024 * 1024));
        _place.Write("long.jsonl", line);
        _place.Variables["RECOLLECT__Sources__Files__MaxLineBytes"] = "1048576";
        var passedOver = await _place.JsonAsync("backfill", "--from", "good.jsonl", "long.jsonl");
        _place.Variables.Clear();

        var read = await _place.JsonAsync("backfill", "--from", "good.jsonl", "long.jsonl");

        RunJsonAssert.Did(passedOver, created: 3);
        Assert.Equal(1, passedOver.Number("unreadable"));
        RunJsonAssert.Did(read, created: 1, unchanged: 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Utf16_with_its_mark_is_read_like_any_other(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        _place.Write("wide.jsonl", [.. encoding.GetPreamble(), .. encoding.GetBytes(string.Join("\r\n", Chats.Small))]);
        await _place.JsonAsync("backfill", "--from", "good.jsonl");

        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "wide.jsonl"), unchanged: 3);
    }

    [Fact]
    public async Task A_nul_in_a_text_and_half_a_surrogate_do_no_harm()
    {
        _place.Write("odd.jsonl",
            """{"id":"n","thread":"nul","role":"user","text":"before\u0000after","sent_at":"2024-05-01T00:00:00Z","user":"dana"}""",
            """{"id":"s","thread":"half","role":"user","text":"half \ud83d smile","sent_at":"2024-05-02T00:00:00Z","user":"dana"}""");

        var run = await _place.JsonAsync("backfill", "--from", "good.jsonl", "odd.jsonl");
        var recall = await _place.JsonAsync("recall", "before after smile", "--user", "dana", "--by", "message");

        RunJsonAssert.Closes(run);
        Assert.Equal(0, run.Sum("failed"));
        Assert.NotEmpty(recall.GetProperty("messages").EnumerateArray());
        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "good.jsonl", "odd.jsonl"), unchanged: run.Number("created"));
    }

    [Theory]
    [InlineData("the same again", "same", "2024-05-01T00:00:00Z", 1, 0)]
    [InlineData("another text at the same time", "other", "2024-05-01T00:00:00Z", 1, 0)]
    [InlineData("another time", "same", "2024-05-01T00:00:10Z", 1, 1)]
    public async Task Of_two_messages_of_one_id_one_counts_and_a_conflict_is_named(string what, string text, string sentAt, long messages, long unreadable)
    {
        _place.Write("twice.jsonl",
            Chats.Line("d", "dup", "same", "2024-05-01T00:00:00Z"),
            Chats.Line("d", "dup", text, sentAt));

        var run = await _place.JsonAsync("backfill", "--from", "twice.jsonl");

        RunJsonAssert.Did(run, created: 1);
        Assert.True((messages, unreadable) == (run.Number("messages"), run.Number("unreadable")), what);
        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "twice.jsonl"), unchanged: 1);
    }

    [Fact]
    public async Task A_time_without_zone_is_utc_and_year_one_is_a_time()
    {
        _place.Write("times.jsonl",
            Chats.Line("z", "zone", "no zone", "2024-05-01T00:00:00", user: "dana"),
            Chats.Line("o", "old", "year one", "0001-01-01T00:00:00Z", user: "dana"));

        var run = await _place.JsonAsync("backfill", "--from", "times.jsonl");
        var found = await _place.JsonAsync("recall", "zone", "--user", "dana", "--by", "message", "--top", "1");

        RunJsonAssert.Closes(run);
        Assert.Equal(2, run.Number("created") + run.Number("unreadable"));
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero), found.GetProperty("messages")[0].GetProperty("sent_at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("empty.jsonl", "")]
    [InlineData("notes.txt", "Dear diary, nothing happened.\n")]
    [InlineData("picture.json", "\u0089PNG\u0000\u0001\u0002")]
    [InlineData("settings.json", "{\"a\": 1}\n")]
    public async Task A_file_that_is_no_chat_does_not_keep_the_others_from_being_read(string name, string content)
    {
        _place.Write(name, Encoding.Latin1.GetBytes(content));

        var result = await _place.RunAsync("backfill", "--from", "good.jsonl", name, "--json");

        RunJsonAssert.Did(Workplace.JsonOf(result), created: 3);
        Assert.Equal(0, result.ExitCode);
        if (content.Length > 0)
        {
            Assert.Contains(name, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_grows_between_runs_or_ends_in_half_a_line_is_completed_later()
    {
        var more = Chats.Line("m5", "home", "Tuesdays at seven from now on.", "2024-01-06T10:05:00Z", user: "dana");
        await File.AppendAllTextAsync(_place.PathOf("good.jsonl"), more[..40], TestContext.Current.CancellationToken);
        var first = await _place.JsonAsync("backfill", "--from", "good.jsonl");
        _place.Append("good.jsonl", more[40..]);

        RunJsonAssert.Did(first, created: 3);
        Assert.Contains("may still be growing", first.GetProperty("notices")[0].GetString(), StringComparison.Ordinal);
        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "good.jsonl"), updated: 1, unchanged: 2);
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_read_is_read_as_far_as_it_went()
    {
        _place.Write("log.jsonl", Chats.Many(2_000, messages: 2));
        using var process = _place.Start("backfill", "--from", "log.jsonl", "--json");
        for (var i = 0; !await process.EndsWithinAsync(TimeSpan.FromMilliseconds(5)); i++)
        {
            _place.Append("log.jsonl", Chats.Line("late", FormattableString.Invariant($"late{i}"), "late", "2024-07-01T00:00:00Z"));
        }

        var first = Workplace.JsonOf(await process.EndAsync());
        var second = await _place.JsonAsync("backfill", "--from", "log.jsonl");

        RunJsonAssert.Closes(first);
        Assert.Equal(0, first.Sum("failed"));
        RunJsonAssert.Did(second, created: second.Number("read") - first.Number("created"), unchanged: first.Number("created"));
    }

    [Theory]
    [InlineData("nowhere.jsonl", "nowhere.jsonl does not exist")]
    [InlineData("no*.jsonl", "no*.jsonl matches no file")]
    [InlineData("link.jsonl", "link.jsonl does not exist")]
    public async Task What_is_not_there_is_named_and_alone_it_is_an_error(string path, string message)
    {
        File.CreateSymbolicLink(_place.PathOf("link.jsonl"), "gone.jsonl");

        var alone = await _place.RunAsync("backfill", "--from", path);
        var beside = await _place.RunAsync("backfill", "--from", "good.jsonl", path, "--json");

        Assert.Equal((3, 3), (alone.ExitCode, beside.ExitCode));
        Assert.Contains(message, alone.Error, StringComparison.Ordinal);
        Assert.Contains(message.Replace(path, path + ":", StringComparison.Ordinal), beside.Error, StringComparison.Ordinal);
        RunJsonAssert.Did(Workplace.JsonOf(beside), created: 3);
        Assert.Equal(JsonValueKind.Null, (await _place.JsonAsync("status")).GetProperty("watermark").ValueKind);
    }

    [Fact]
    public async Task A_folder_that_may_not_be_read_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "whoever may do everything is refused nothing");
        Directory.CreateDirectory(_place.PathOf("closed"));
        await Starter.RunAsync("chmod", _place.Root, ["000", "closed"]);

        var result = await _place.RunAsync("backfill", "--from", "good.jsonl", "closed", "--json");
        await Starter.RunAsync("chmod", _place.Root, ["700", "closed"]);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("closed: may not be read", result.Error, StringComparison.Ordinal);
        RunJsonAssert.Did(Workplace.JsonOf(result), created: 3);
    }

    [Theory]
    [InlineData("my chats/of 2024.jsonl", "my chats")]
    [InlineData("Gespräche/чат 🙂.jsonl", "Gespräche/чат 🙂.jsonl")]
    [InlineData("a/b/c.jsonl", "a/**/*.jsonl")]
    public async Task Paths_may_have_any_name(string file, string from)
    {
        _place.Write(file, Chats.Small);

        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", from), created: 3);
    }

    [Fact]
    public async Task A_great_many_threads_of_one_message_are_all_stored()
    {
        var count = Workplace.IsFull ? 100_000 : 5_000;
        _place.Write("many.jsonl", Chats.Many(count, messages: 1));

        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "many.jsonl"), created: count);
        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "many.jsonl"), unchanged: count);
    }

    public void Dispose() => _place.Dispose();

    private static byte[] Line(string id, string sentAt, string text = "a fine day") =>
        Encoding.UTF8.GetBytes(Chats.Line(id, "lines", text, sentAt) + "\n");
}
