using System.Text;
using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

public sealed class JsonLinesTests : IDisposable
{
    private const string Minimal = """{"thread":"t1","role":"user","text":"hello","sent_at":"2026-01-05T10:00:00Z"}""";

    private readonly ChatFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_line_becomes_a_message_of_its_owner_and_thread()
    {
        var message = Assert.Single(await _folder.ReadTextAsync(
            "a.jsonl",
            """{"id":"m1","workspace":"w1","thread":"t1","user":"u1","tenant":"acme","scope":"departmental","session":"s1","role":"user","name":"Dana","text":"hi","sent_at":"2026-01-05T12:00:00+02:00","mood":"good","score":1.50,"tags":["a", {"b":null}],"gone":null}""" + "\n"));

        var key = message.Thread.Key;
        Assert.Equal(new Owner { Tenant = "acme", User = "u1", Scope = "departmental" }, key.Owner);
        Assert.Equal(("files", "w1", "t1", "s1"), (key.Source, key.Workspace, key.Thread, key.Session));
        Assert.False(message.Thread.IsConversation);
        Assert.Equal(("m1", "user", "Dana", "hi"), (message.Message.Id, message.Message.Role, message.Message.Author, message.Message.Text));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), message.Message.SentAt);
        Assert.Equal(
            [("gone", "null"), ("mood", "good"), ("score", "1.50"), ("tags", """["a", {"b":null}]""")],
            message.Message.Metadata.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_line_without_an_owner_belongs_to_the_default_user()
    {
        _folder.Options.User = "owner of exports";

        var message = Assert.Single(await _folder.ReadTextAsync("a.jsonl", Minimal));

        Assert.Equal(new Owner { User = "default" }, message.Thread.Key.Owner);
        Assert.Null(message.Thread.Key.Workspace);
        Assert.Empty(message.Message.Metadata);
    }

    [Fact]
    public async Task Numbers_count_as_names_where_names_are_expected()
    {
        var message = Assert.Single(await _folder.ReadTextAsync(
            "a.jsonl", """{"id":17,"workspace":3,"thread":12345678901234567890,"user":61,"role":"user","text":"hi","sent_at":"2026-01-05T10:00:00Z"}"""));

        Assert.Equal(("17", "3", "12345678901234567890", "61"), (message.Message.Id, message.Thread.Key.Workspace, message.Thread.Key.Thread, message.Thread.Key.Owner.User));
    }

    [Fact]
    public async Task Positions_follow_the_files_in_ordinal_order_and_their_lines()
    {
        _folder.Write("b.jsonl", Named("third") + "\n" + Named("fourth"));
        _folder.Write("B.jsonl", Named("first"));
        _folder.Write("a/z.jsonl", Named("second"));

        var messages = await _folder.ReadAsync();

        SourceMessageAssert.Texts(messages.OrderBy(message => message.Message.Position), "first", "second", "third", "fourth");
    }

    [Fact]
    public async Task Identical_lines_without_id_get_different_ids_that_stay_the_same()
    {
        var first = await _folder.ReadTextAsync("a.jsonl", $"{Minimal}\n{Minimal}\n{Minimal}\n");
        var second = await _folder.ReadAsync("a.jsonl");

        Assert.Equal(3, Ids(first).Distinct(StringComparer.Ordinal).Count());
        SourceMessageAssert.Ids(second, Ids(first));
    }

    [Fact]
    public async Task Overlapping_files_give_equal_ids_to_lines_without_id()
    {
        _folder.Write("a.jsonl", $"{Minimal}\n{Minimal}\n");
        _folder.Write("b.jsonl", $"{Minimal}\n{Minimal}\n{Named("new")}\n");

        var messages = await _folder.ReadAsync();
        var ids = Ids(messages);

        SourceMessageAssert.Ids(messages.Skip(2).Take(2), ids[..2]);
        Assert.Equal(3, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_id_of_a_line_without_id_does_not_depend_on_other_threads()
    {
        var alone = await _folder.ReadTextAsync("a.jsonl", Minimal);
        var other = Minimal.Replace("\"role\"", "\"user\":\"u2\",\"role\"", StringComparison.Ordinal);
        var together = await _folder.ReadTextAsync("a.jsonl", other + "\n" + Minimal);

        Assert.Equal(alone[0].Message.Id, together[1].Message.Id);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_is_understood(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        _folder.Write("a.jsonl", [.. encoding.GetPreamble(), .. encoding.GetBytes($"{Named("שלום 🙂 é")}\r\n{Named("two")}\r\n")]);

        SourceMessageAssert.Texts(await _folder.ReadAsync("a.jsonl"), "שלום 🙂 é", "two");
        Assert.Empty(_folder.Observer.Unreadable);
    }

    [Fact]
    public async Task A_byte_order_mark_in_the_middle_of_joined_files_does_no_harm()
    {
        SourceMessageAssert.Texts(await _folder.ReadTextAsync("a.jsonl", $"\uFEFF{Named("one")}\n\uFEFF{Named("two")}\n"), "one", "two");
    }

    [Fact]
    public async Task Identical_lines_far_apart_share_their_id_so_that_memory_stays_bounded()
    {
        var between = string.Concat(Enumerable.Range(0, 64 * 1024).Select(i => Named($"{i}") + "\n"));

        var ids = Ids(await _folder.ReadTextAsync("a.jsonl", $"{Minimal}\n{between}{Minimal}\n{Minimal}\n"));

        Assert.Equal(ids[0], ids[^2], StringComparer.Ordinal);
        Assert.NotEqual(ids[0], ids[^1], StringComparer.Ordinal);
    }

    [Fact]
    public async Task Windows_line_ends_blank_lines_and_a_missing_last_line_end_are_fine()
    {
        SourceMessageAssert.Texts(await _folder.ReadTextAsync("a.jsonl", $"\r\n{Named("one")}\r\n\r\n  \n{Named("two")}\n{Named("three")}"), "one", "two", "three");
        Assert.Empty(_folder.Observer.Unreadable);
    }

    [Fact]
    public async Task Escapes_of_every_kind_are_read_and_half_a_pair_is_replaced()
    {
        var text = await _folder.ReadTextAsync(
            "a.jsonl",
            """{"\u0074hread":"t\u0031","role":"user","text":"\ud83d\ude42 \"q\" \\ \/ \b\f\n\r\t \u05d0 nul:\u0000","sent_at":"2026-01-05T10:00\u003a00Z"}""" + "\n"
            + """{"thread":"t1","role":"user","text":"half \ud83d of \n \"é\" \\ \ude42","sent_at":"2026-01-05T10:00:00Z"}""");

        SourceMessageAssert.Texts(text, "🙂 \"q\" \\ / \b\f\n\r\t א nul:\uFFFD", "half \uFFFD of \n \"é\" \\ \uFFFD");
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_is_read_whole()
    {
        var text = string.Concat(Enumerable.Repeat("0123456789", 1024 * 1024));

        var messages = await _folder.ReadTextAsync("a.jsonl", $"{Minimal}\n{Named(text)}\n{Minimal}\n");

        SourceMessageAssert.Texts(messages, "hello", text, "hello");
    }

    [Fact]
    public async Task Of_a_repeated_key_the_last_one_counts()
    {
        SourceMessageAssert.Texts(await _folder.ReadTextAsync("a.jsonl", Minimal.Replace("}", ",\"text\":\"new\"}", StringComparison.Ordinal)), "new");
    }

    [Fact]
    public async Task An_empty_text_is_a_message()
    {
        SourceMessageAssert.Texts(await _folder.ReadTextAsync("a.jsonl", Named(string.Empty)), string.Empty);
    }

    private static string Named(string text) => Minimal.Replace("hello", text, StringComparison.Ordinal);

    private static string[] Ids(IEnumerable<SourceMessage> messages) => [.. messages.Select(message => message.Message.Id)];
}
