using System.Text;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

public sealed class UnreadableLinesTests : IDisposable
{
    private const string Good = """{"thread":"t1","role":"user","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""";

    private readonly ChatFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"role":"user","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""", "has no thread")]
    [InlineData("""{"thread":"t1","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""", "has no role")]
    [InlineData("""{"thread":"t1","role":"user","sent_at":"2026-01-05T10:00:00Z"}""", "has no text")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret"}""", "has no sent_at")]
    [InlineData("""{"thread":null,"role":"user","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""", "thread is null")]
    [InlineData("""{"thread":" ","role":"user","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""", "thread is empty")]
    [InlineData("""{"thread":{"secret":1},"role":"user","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""", "thread is not a string")]
    [InlineData("""{"thread":"t1","role":7,"text":"secret","sent_at":"2026-01-05T10:00:00Z"}""", "role is not a string")]
    [InlineData("""{"thread":"t1","role":"user","text":null,"sent_at":"2026-01-05T10:00:00Z"}""", "text is null")]
    [InlineData("""{"thread":"t1","role":"user","text":12,"sent_at":"2026-01-05T10:00:00Z"}""", "text is not a string")]
    [InlineData("""{"thread":"t1","role":"user","text":["secret"],"sent_at":"2026-01-05T10:00:00Z"}""", "text is not a string")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret","user":true,"sent_at":"2026-01-05T10:00:00Z"}""", "user is not a string")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret","sent_at":"2026-02-30T10:00:00Z"}""", "sent_at is not a real date")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret","sent_at":"yesterday"}""", "sent_at is not an ISO 8601 time")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret","sent_at":null}""", "sent_at is null")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret","sent_at":{}}""", "sent_at is not a time")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret","sent_at":1e300}""", "sent_at is not a time that can be kept")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret","sent_at":"2026-06-02T12:00:01Z"}""", "sent_at lies in the future")]
    [InlineData("""["secret"]""", "is not a JSON object")]
    [InlineData("\"secret\"", "is not a JSON object")]
    [InlineData("secret", "is not valid JSON at byte 1")]
    [InlineData("""{"thread":"t1","role":"user","text":"secret""", "is not valid JSON at byte 37")]
    [InlineData("""{"thread":"t1"} {"secret":1}""", "is not valid JSON at byte 17")]
    public async Task A_bad_line_is_named_with_its_reason_and_the_rest_goes_on(string bad, string reason)
    {
        var messages = await _folder.ReadTextAsync("chats.jsonl", $"{Good}\n\n{bad}\n{Good}\n");

        Assert.Equal(2, messages.Count);
        var item = Assert.Single(_folder.Observer.Unreadable);
        Assert.EndsWith("chats.jsonl:3", item.Place, StringComparison.Ordinal);
        Assert.Equal(reason, item.Reason);
        Assert.Empty(_folder.Observer.Unreachable);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"thread":"t1","role":"user","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""")]
    [InlineData("""{"thread":"t1","\udc00\ud800":"x","role":"user","text":"secret","sent_at":"2026-01-05T10:00:00Z"}""")]
    public async Task A_lone_surrogate_in_the_name_of_a_field_costs_only_its_line(string odd)
    {
        var messages = await _folder.ReadTextAsync("chats.jsonl", $"{Good}\n{odd}\n{Good}\n");

        Assert.Equal(2, messages.Count);
        Assert.EndsWith("chats.jsonl:2", Assert.Single(_folder.Observer.Unreadable).Place, StringComparison.Ordinal);
        Assert.Empty(_folder.Observer.Unreachable);
    }

    [Fact]
    public async Task A_nesting_bomb_costs_only_its_line()
    {
        var bomb = "{\"x\":" + new string('[', 100_000);

        Assert.Equal(2, (await _folder.ReadTextAsync("a.jsonl", $"{Good}\n{bomb}\n{Good}\n")).Count);
        Assert.Equal("is nested deeper than 64 levels", Assert.Single(_folder.Observer.Unreadable).Reason);
    }

    [Fact]
    public async Task Invalid_utf8_is_unreadable_and_not_replaced()
    {
        byte[] bad = [.. Encoding.UTF8.GetBytes(Good[..^40]), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(Good[^40..])];
        _folder.Write("a.jsonl", [.. Encoding.UTF8.GetBytes(Good + "\n"), .. bad, (byte)'\n', .. Encoding.UTF8.GetBytes(Good)]);

        Assert.Equal(2, (await _folder.ReadAsync("a.jsonl")).Count);
        Assert.Equal("is not valid UTF-8", Assert.Single(_folder.Observer.Unreadable).Reason);
    }

    [Fact]
    public async Task A_line_over_the_limit_is_skipped_and_counted()
    {
        _folder.Options.MaxLineBytes = 1024 * 1024;
        var large = Good.Replace("secret", new string('x', 3 * 1024 * 1024), StringComparison.Ordinal);

        Assert.Equal(2, (await _folder.ReadTextAsync("a.jsonl", $"{Good}\n{large}\n{Good}\n{large}")).Count);
        Assert.Equal([":2", ":4"], _folder.Observer.Unreadable.Select(item => item.Place[^2..]), StringComparer.Ordinal);
        Assert.All(_folder.Observer.Unreadable, item => Assert.Contains("longer than 1048576 bytes", item.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_last_line_that_breaks_off_says_that_the_file_may_still_be_growing()
    {
        Assert.Single(await _folder.ReadTextAsync("a.jsonl", $"{Good}\n{Good[..30]}"));
        Assert.Equal("ends in the middle; the file may still be growing", Assert.Single(_folder.Observer.Unreadable).Reason);
    }

    [Fact]
    public async Task A_file_named_for_lines_in_which_no_line_can_be_read_is_reported_line_by_line()
    {
        Assert.Empty(await _folder.ReadTextAsync("a.jsonl", "one\n[2]\nthree\n"));
        Assert.Equal(3, _folder.Observer.Unreadable.Count);
        Assert.Empty(_folder.Observer.Unreachable);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"thread\":1}]")]
    [InlineData("garbage")]
    public async Task A_bad_first_line_does_not_hide_the_format(string first)
    {
        Assert.Single(await _folder.ReadTextAsync("chats.txt", $"{first}\n{Good}\n"));
        Assert.Single(_folder.Observer.Unreadable);
    }
}
