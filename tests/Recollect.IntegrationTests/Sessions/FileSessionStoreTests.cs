using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Sessions;
using Recollect.Sessions.Files;
using Xunit;

namespace Recollect.IntegrationTests.Sessions;

/// <summary>The layout on the disk, as the original bot wrote it and as it is written now.</summary>
public sealed class FileSessionStoreTests : IDisposable
{
    private const string Chat = "972501234567@c.us";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ScratchFolder _folder = new();

    private string Root => Path.Combine(_folder.Path, "sessions");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sessions_of_the_original_are_read_whatever_version_wrote_them()
    {
        Put("a162e1eb/session.json", """
            {"session_id":"a162e1eb","whatsapp_chat":"972501234567@c.us","message_ids":["m1","m2","m3"],"message_counter":3,
             "created_at":"2026-01-20T16:35:03.123456+00:00","last_active":"2026-08-20T16:40:00+03:00","total_tokens":0,"later_field":{"x":1}}
            """);
        Put("a162e1eb/messages/m1.json", """
            {"message_id":"m1","chat_id":"a162e1eb","role":"user","content":"שלום","sender":"972501234567@c.us","recipient":"AI",
             "timestamp":"2026-01-20T16:35:03+00:00","received_at":"2026-01-20T16:35:04Z","was_received":true,"order_num":1,"image_path":null}
            """);
        Put("a162e1eb/messages/m2.json", """{"session_id":"a162e1eb","role":"assistant","content":"Hello","timestamp":"2026-08-20T19:40:00+03:00","ledger_event_ids":["e1"]}""");
        var store = Open();

        var session = Assert.Single(await store.InChatAsync(Chat, static (chat, token) => chat.ListAsync(archived: false, token), None));
        var messages = await store.ReadMessagesAsync(session, int.MaxValue, None);

        Assert.Equal(("a162e1eb", Chat, false), (session.Id, session.Chat, session.IsTransferred));
        Assert.Equal(new DateTimeOffset(2026, 8, 20, 13, 40, 0, TimeSpan.Zero), session.LastActive);
        Assert.Equal([("m1", "user", "שלום"), ("m2", "assistant", "Hello")], messages.Select(message => (message.Id, message.Role, message.Text)));
        Assert.Equal(new DateTimeOffset(2026, 8, 20, 16, 40, 0, TimeSpan.Zero), messages[1].SentAt);
    }

    [Fact]
    public async Task What_is_written_is_the_documented_layout_and_fields_of_others_stay()
    {
        Put("a162e1eb/session.json", """{"session_id":"a162e1eb","whatsapp_chat":"972501234567@c.us","message_ids":[],"created_at":"2026-01-20T16:35:03Z","last_active":"2026-01-20T16:35:03Z","later_field":7}""");
        var store = Open();
        var session = Assert.Single(await store.GetAsync(["a162e1eb"], None));

        await store.InChatAsync(Chat, async (chat, token) =>
        {
            await chat.SaveAsync(session with { MessageIds = ["m1"], LastActive = session.LastActive.AddMinutes(5) }, [Message("m1", "Grüße 🦊 \"x\"")], token);
            return true;
        }, None);

        using var written = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Root, "a162e1eb/session.json"), None));
        Assert.Equal("2026-01-20T16:40:03.000000+00:00", written.RootElement.GetProperty("last_active").GetString());
        Assert.Equal(1, written.RootElement.GetProperty("message_counter").GetInt32());
        Assert.Equal(7, written.RootElement.GetProperty("later_field").GetInt32());
        Assert.Equal(JsonValueKind.Null, written.RootElement.GetProperty("storage_path").ValueKind);
        using var message = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Root, "a162e1eb/messages/m1.json"), None));
        Assert.Equal(
            ["message_id", "chat_id", "session_id", "role", "content", "sender", "recipient", "timestamp", "received_at", "was_received", "order_num", "image_path", "answered", "is_sent"],
            message.RootElement.EnumerateObject().Select(property => property.Name),
            StringComparer.Ordinal);
        Assert.Equal("a162e1eb", message.RootElement.GetProperty("chat_id").GetString());
    }

    [Fact]
    public async Task What_did_not_change_is_not_written_again()
    {
        var longAgo = new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc);
        Put("a162e1eb/session.json", """{"session_id":"a162e1eb","whatsapp_chat":"972501234567@c.us","message_ids":[],"created_at":"2026-01-20T16:35:03Z","last_active":"2026-01-20T16:35:03Z"}""");
        var store = Open();
        var session = Assert.Single(await store.GetAsync(["a162e1eb"], None)) with { MessageIds = ["m1", "m2"] };
        string[] files = [.. new[] { "session.json", "messages/m1.json", "messages/m2.json" }.Select(file => Path.Combine(Root, "a162e1eb", file))];
        await SaveAsync(Message("m1", "What is it?"), Message("m2", "A fox."));
        Array.ForEach(files, file => File.SetLastWriteTimeUtc(file, longAgo));

        await SaveAsync(Message("m1", "What is it?"), Message("m2", "A hare."));

        Assert.Equal([true, true, false], files.Select(file => File.GetLastWriteTimeUtc(file) == longAgo));
        Assert.Equal(["What is it?", "A hare."], (await store.ReadMessagesAsync(session, int.MaxValue, None)).Select(static message => message.Text), StringComparer.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Root, "*.partial", SearchOption.AllDirectories));

        ValueTask<bool> SaveAsync(params SessionMessage[] messages) => store.InChatAsync(Chat, async (chat, token) =>
        {
            await chat.SaveAsync(session, messages, token);
            return true;
        }, None);
    }

    [Fact]
    public async Task Only_this_user_may_enter_folders_and_read_files()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = Open();
        await SaveAsync(store, "s1", "m1");
        await store.InChatAsync(Chat, async (chat, token) =>
        {
            await chat.ArchiveAsync((await chat.ListAsync(archived: false, token))[0], token);
            return true;
        }, None);

        Assert.All(Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories).Append(Root), folder => Assert.Equal("700", ModeOf(folder)));
        Assert.All(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories), file => Assert.Equal("600", ModeOf(file)));
        Assert.True(File.Exists(Path.Combine(Root, "expired/2026-01-20/s1/messages/m1.json")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"whatsapp_chat":5,"created_at":"2026-01-20T16:35:03Z"}""")]
    [InlineData("""{"whatsapp_chat":" ","created_at":"2026-01-20T16:35:03Z"}""")]
    [InlineData("""{"whatsapp_chat":"a","created_at":"yesterday"}""")]
    [InlineData("""{"whatsapp_chat":"a","whatsapp_chat":"b","created_at":"2026-01-20T16:35:03Z"}""")]
    public async Task A_session_that_cannot_be_read_is_passed_over_and_stays(string content)
    {
        Put("bad/session.json", content);
        var store = Open();
        await SaveAsync(store, "good", "m1");

        Assert.Equal("good", Assert.Single(await store.ListAsync(archived: false, None).ToListAsync()).Id);
        Assert.Equal(content, await File.ReadAllTextAsync(Path.Combine(Root, "bad/session.json"), None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"role\":")]
    [InlineData("""{"role":"user","content":"x","timestamp":""}""")]
    [InlineData("""{"content":"x","timestamp":"2026-01-20T16:35:03Z"}""")]
    public async Task A_message_that_cannot_be_read_hides_no_other(string content)
    {
        var store = Open();
        await SaveAsync(store, "s1", "m1", "m2", "m3");
        Put("s1/messages/m2.json", content);

        var session = Assert.Single(await store.GetAsync(["s1"], None));

        Assert.Equal(["m1", "m3"], (await store.ReadMessagesAsync(session, int.MaxValue, None)).Select(message => message.Id), StringComparer.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(Path.Combine(Root, "s1/messages/m2.json"), None));
    }

    [Fact]
    public async Task What_a_killed_process_left_half_written_hides_nothing()
    {
        var store = Open();
        await SaveAsync(store, "s1", "m1");
        Put("s1/.4711-1.partial", "{");
        Put("s1/messages/.4711-2.partial", "{");
        Put("s1/messages/m0.json", """{"message_id":"m0","role":"user","content":"earlier","timestamp":"2026-01-20T16:00:00Z"}""");
        Put("s1/messages/m2.json", """{"message_id":"m2","role":"user","content":"not in the list yet","timestamp":"2026-01-20T17:00:00Z"}""");
        Directory.CreateDirectory(Path.Combine(Root, "s2/messages"));

        var other = Open();
        var session = Assert.Single(await other.ListAsync(archived: false, None).ToListAsync());

        Assert.Equal(["m0", "m1", "m2"], (await other.ReadMessagesAsync(session, int.MaxValue, None)).Select(message => message.Id), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_outside_the_folder_whatever_the_ids_are()
    {
        var store = Open();

        await SaveAsync(store, "../../s", "../../../m", "/etc/m", "..");

        Assert.Equal(["sessions"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName), StringComparer.Ordinal);
        Assert.Equal(3, (await store.ReadMessagesAsync((await store.GetAsync(["../../s"], None))[0], int.MaxValue, None)).Count);
    }

    [Fact]
    public async Task Asking_makes_no_folder()
    {
        var store = Open();

        await store.ForgetAsync(Chat, None);
        await store.ListAsync(archived: true, None).ToListAsync();
        await store.DiagnoseAsync(None);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static SessionMessage Message(string id, string text) => new()
    {
        Id = id,
        SessionId = "a162e1eb",
        Role = "user",
        Text = text,
        Sender = Chat,
        Recipient = "AI",
        Order = 1,
        SentAt = new(2026, 1, 20, 16, 40, 3, TimeSpan.Zero),
        ReceivedAt = new(2026, 1, 20, 16, 40, 3, TimeSpan.Zero),
    };

    private static async Task SaveAsync(FileSessionStore store, string id, params string[] messages) => await store.InChatAsync(Chat, async (chat, token) =>
    {
        var at = new DateTimeOffset(2026, 1, 20, 16, 40, 3, TimeSpan.Zero);
        await chat.SaveAsync(new() { Id = id, Chat = Chat, MessageIds = messages, CreatedAt = at, LastActive = at }, [.. messages.Select(message => Message(message, message))], token);
        return true;
    }, None);

    private FileSessionStore Open() => new(
        Options.Create(new SessionOptions()), Options.Create(new DataOptions { Root = _folder.Path }), TimeProvider.System, NullLogger<FileSessionStore>.Instance);

    private void Put(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
