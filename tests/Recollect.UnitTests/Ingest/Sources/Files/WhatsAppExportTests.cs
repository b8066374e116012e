using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Files;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

public sealed class WhatsAppExportTests : IDisposable
{
    private const string Android = """
        31/12/2025, 21:40 - Messages and calls are end-to-end encrypted. Only people in this chat can read them.
        31/12/2025, 21:41 - Dana created group "Bakery: the team"
        31/12/2025, 21:45 - Dana: first line
        second line

        fourth: line
        31/12/2025, 21:46 - You added Yossi
        of the notice
        31/12/2025, 21:47 - BakeryBot: <Media omitted>
        31/12/2025, 21:47 - דנה כהן: שלום! https://example.com/a: b
        01/01/2026, 00:00 - Dana:
        """;

    private readonly ChatFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_android_chat_is_read_without_its_notices()
    {
        _folder.Options.WhatsAppAssistant = ["BakeryBot"];
        _folder.Options.User = "dana";

        var messages = await _folder.ReadTextAsync("WhatsApp Chat with Bakery.txt", Android);

        SourceMessageAssert.Texts(messages, "first line\nsecond line\n\nfourth: line", "<Media omitted>", "שלום! https://example.com/a: b", string.Empty);
        Assert.Equal(
            [("Dana", "user"), ("BakeryBot", "assistant"), ("דנה כהן", "user"), ("Dana", "user")],
            messages.Select(message => (message.Message.Author!, message.Message.Role)));
        Assert.All(messages, message => Assert.Equal(("WhatsApp Chat with Bakery", "dana", false), (message.Thread.Key.Thread, message.Thread.Key.Owner.User, message.Thread.IsConversation)));
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 21, 45, 0, TimeSpan.Zero), messages[0].Message.SentAt);
        Assert.Empty(_folder.Observer.Unreadable);
    }

    [Fact]
    public async Task An_ios_chat_is_read_with_its_marks_taken_off_the_headers_only()
    {
        var messages = await _folder.ReadTextAsync(
            "export/Bakery/_chat.txt",
            "\uFEFF[31/12/2025, 21:45:07] Bakery: \u200EMessages and calls are end-to-end encrypted.\r\n"
            + "\u200E[31/12/2025, 21:45:08] \u200E\u202ADana\u202C: \u200Eimage omitted\r\n"
            + "[31/12/2025, 21:45:09] ~\u202FYossi: in \u200Fthe\u200E middle\r\nmore\r\n");

        SourceMessageAssert.Texts(messages, "image omitted", "in \u200Fthe\u200E middle\nmore");
        Assert.Equal("Dana", messages[0].Message.Author);
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 21, 45, 9, TimeSpan.Zero), messages[1].Message.SentAt);
        Assert.All(messages, message => Assert.Equal("Bakery", message.Thread.Key.Thread));
    }

    [Theory]
    [InlineData("12/31/25, 9:45\u202FPM - Dana: x", "2025-12-31T21:45:00")]
    [InlineData("12/31/25, 12:05 am - Dana: x", "2025-12-31T00:05:00")]
    [InlineData("31/12/25, 9:45 p. m. - Dana: x", "2025-12-31T21:45:00")]
    [InlineData("31.12.25, 21:45 - Dana: x", "2025-12-31T21:45:00")]
    [InlineData("31-12-2025 21:45 - Dana: x", "2025-12-31T21:45:00")]
    [InlineData("2025-12-31, 21:45 - Dana: x", "2025-12-31T21:45:00")]
    [InlineData("31/12/2025, 21.45 - Dana: x", "2025-12-31T21:45:00")]
    [InlineData("31/12/2025, 21:45:59 - Dana: x", "2025-12-31T21:45:59")]
    [InlineData("[31.12.25, 21:45:07] Dana: x", "2025-12-31T21:45:07")]
    [InlineData("[12/31/25, 9:45:07\u202FPM] Dana: x", "2025-12-31T21:45:07")]
    [InlineData("\u200F٣١\u200F/١٢\u200F/٢٠٢٥، ٩:٤٥ م - Dana: x", "2025-12-31T21:45:00")]
    [InlineData("\u200F31.12.2025, 21:45 - \u200Fדנה: x", "2025-12-31T21:45:00")]
    public async Task The_date_forms_of_phones_in_many_languages_are_read(string line, string expected)
    {
        var message = Assert.Single(await _folder.ReadTextAsync("chat.txt", line));

        Assert.Equal(expected, message.Message.SentAt.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("x", message.Message.Text);
    }

    [Theory]
    [InlineData("03/04/2025", "13/04/2025", "2025-04-03", WhatsAppDateOrder.Auto)]
    [InlineData("03/04/2025", "03/13/2025", "2025-03-04", WhatsAppDateOrder.Auto)]
    [InlineData("01/02/2025", "03/01/2025", "2025-01-02", WhatsAppDateOrder.Auto)]
    [InlineData("02/01/2025", "01/03/2025", "2025-01-02", WhatsAppDateOrder.Auto)]
    [InlineData("03/04/2025", "04/04/2025", "2025-04-03", WhatsAppDateOrder.Auto)]
    [InlineData("03/04/2025", "04/04/2025", "2025-03-04", WhatsAppDateOrder.Mdy)]
    [InlineData("03/04/2025", "04/05/2025", "2025-04-03", WhatsAppDateOrder.Dmy)]
    public async Task Day_and_month_are_told_apart_by_looking_through_the_whole_file(string first, string last, string expected, WhatsAppDateOrder order)
    {
        _folder.Options.WhatsAppDateOrder = order;

        var messages = await _folder.ReadTextAsync("chat.txt", $"{first}, 10:00 - Dana: a\n{last}, 10:00 - Dana: b\n");

        Assert.Equal(expected, messages[0].Message.SentAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Times_are_of_the_configured_zone_also_when_clocks_change()
    {
        _folder.Options.TimeZone = "Europe/Berlin";

        var messages = await _folder.ReadTextAsync(
            "chat.txt", "30/03/2025, 01:30 - A: before\n30/03/2025, 02:30 - A: gap\n26/10/2025, 02:30 - A: twice\n31/12/2025, 12:00 - A: winter\n");

        Assert.Equal(["00:30", "01:30", "01:30", "11:00"], messages.Select(Clock), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Identical_messages_of_one_minute_get_different_ids_that_overlapping_exports_share()
    {
        const string Minute = "31/12/2025, 21:45 - Dana: ok\n31/12/2025, 21:45 - Dana: ok\n31/12/2025, 21:46 - Dana: ok\n";
        _folder.Write("monday/Bakery.txt", Minute);
        _folder.Write("tuesday/Bakery.txt", Minute + "01/01/2026, 08:00 - Dana: new\n");

        var messages = await _folder.ReadAsync();

        Assert.Equal(4, messages.Select(message => message.Message.Id).Distinct(StringComparer.Ordinal).Count());
        SourceMessageAssert.Ids(messages.Skip(3).Take(3), [.. messages.Take(3).Select(message => message.Message.Id)]);
        Assert.Single(messages.Select(message => message.Thread.Key.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_chat_in_another_folder_has_the_same_ids()
    {
        var one = await _folder.ReadTextAsync("a/Bakery.txt", Android);
        var two = await _folder.ReadTextAsync("b/c/Bakery.txt", Android);

        SourceMessageAssert.Ids(two, [.. one.Select(message => message.Message.Id)]);
        Assert.Equal(one[0].Thread.Key, two[0].Thread.Key);
    }

    [Fact]
    public async Task Bad_lines_are_named_and_do_not_leak_into_the_message_before()
    {
        _folder.Write(
            "chat.txt",
            [
                .. "stray\n31/12/2025, 10:00 - Dana: good\n"u8,
                .. "30/02/2025, 10:00 - Dana: secret\nmore secret\n"u8,
                .. "31/12/2025, 10:01 - Dana: also good\n"u8,
                .. "31/12/2025, 10:02 - Dana: "u8, 0xC3, 0x28, .. "\nlost\n"u8,
                .. "31/12/2025, 25:00 - Dana: no such hour\n"u8,
                .. "31/12/2030, 10:00 - Dana: later"u8,
            ]);

        SourceMessageAssert.Texts(await _folder.ReadAsync("chat.txt"), "good", "also good");
        Assert.Equal(
            ["1 comes before the first message", "3 is not a real date", "6 is not valid UTF-8", "8 is not a real date", "9 lies in the future"],
            _folder.Observer.Unreadable.Select(item => $"{item.Place.Split(':')[^1]} {item.Reason}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_skipped_and_counted()
    {
        _folder.Options.MaxLineBytes = 2_000;
        var lines = string.Concat(Enumerable.Repeat(new string('x', 100) + "\n", 30));

        SourceMessageAssert.Texts(await _folder.ReadTextAsync("chat.txt", $"31/12/2025, 10:00 - A: one\n31/12/2025, 10:01 - A: two\n{lines}31/12/2025, 10:02 - A: three\n"), "one", "three");
        Assert.EndsWith(":2", Assert.Single(_folder.Observer.Unreadable).Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ד\"ר כהן")]
    [InlineData("Dana \"DJ\" Cohen")]
    [InlineData("“Yossi” Levi")]
    [InlineData("+972 50-123-4567")]
    public async Task A_quote_in_a_name_does_not_make_a_notice_of_the_message(string name)
    {
        Assert.Equal(name, Assert.Single(await _folder.ReadTextAsync("chat.txt", $"31/12/2025, 10:00 - {name}: hi\n")).Message.Author);
    }

    [Fact]
    public async Task A_chat_that_quotes_json_is_still_a_chat()
    {
        var messages = await _folder.ReadTextAsync("chat.txt", "[31/12/2025, 10:00:00] Dana: look\n{\"mapping\":1}\n");

        SourceMessageAssert.Texts(messages, "look\n{\"mapping\":1}");
    }

    [Fact]
    public async Task A_log_of_a_server_is_not_taken_for_a_chat()
    {
        _folder.Write("server.txt", "[2025-12-31 21:45:07] INFO: started\n");

        await Assert.ThrowsAsync<SourceException>(() => _folder.ReadAsync("server.txt"));
        Assert.StartsWith("not recognised", Assert.Single(_folder.Observer.Unreadable).Reason, StringComparison.Ordinal);
    }

    private static string Clock(SourceMessage message) => message.Message.SentAt.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
