using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Recollect.Backups;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Sessions;
using Recollect.Recall;
using Xunit;

namespace Recollect.IntegrationTests.Backups;

/// <summary>Backups over real files, restored into another folder.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Other = "972509999999@c.us";

    private readonly SessionHost _bot = new(canCrash: false);
    private readonly SessionHost _fresh = new(canCrash: false);
    private readonly ScratchFolder _outside = new();

    public void Dispose()
    {
        _bot.Dispose();
        _fresh.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public async Task A_restored_backup_recalls_the_same_and_holds_every_session_as_it_was()
    {
        await TalkAsync();
        var config = Write("settings.json", "{}");

        var made = await MakeAsync(_bot, new() { ConfigFile = config, LogFolder = Path.GetDirectoryName(Write("logs/recollect_x.log", "a line\n")) });
        var restored = await RestoreAsync(_fresh, made.File, logFolder: Path.Combine(_outside.Path, "other-logs"));

        Assert.Equal((1L, 3), (made.Memories, made.Sessions));
        Assert.Equal((1L, 3, 0L, 0L, true), (restored.Memories, restored.Sessions, restored.Forgotten, restored.Unreadable, restored.State));
        Assert.Equal(await RecallAsync(_bot), await RecallAsync(_fresh));
        Assert.Equal(Files(_bot), Files(_fresh));
        Assert.Equal("a line\n", await File.ReadAllTextAsync(Path.Combine(_outside.Path, "other-logs", "recollect_x.log"), TestContext.Current.CancellationToken));
        Assert.Equal("{}", Encoding.UTF8.GetString((await BackupFile.ReadSmallAsync(made.File, static name => name is "config/settings.json", CancellationToken.None))!));
        Assert.Equal("You said: She loves tuna", (await _fresh.Manager.FindAnswerAsync(SessionHost.Dana, "w3", CancellationToken.None))?.Text);
        Assert.Equal("You said: My cat is called Minka", (await _fresh.Manager.FindAnswerAsync(SessionHost.Dana, "w1", CancellationToken.None))?.Text);
    }

    [Fact]
    public async Task The_log_of_what_people_did_is_in_a_backup_and_comes_back_where_there_is_none()
    {
        await TalkAsync();
        var (before, after) = (Path.Combine(_bot.Root, "audit.jsonl"), Path.Combine(_fresh.Root, "audit.jsonl"));
        await File.WriteAllTextAsync(before, "a line\n", TestContext.Current.CancellationToken);
        BackupReport made;
        await using (new FileStream(before, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) // somebody does something this moment
        {
            made = await MakeAsync(_bot);
        }

        await RestoreAsync(_fresh, made.File);
        Assert.Equal("a line\n", await File.ReadAllTextAsync(after, TestContext.Current.CancellationToken));

        Assert.Equal(UnixMode.OwnFile, UnixMode.Of(after));
        await File.AppendAllTextAsync(after, "another\n", TestContext.Current.CancellationToken);
        await RestoreAsync(_fresh, made.File, isForced: true);
        Assert.Equal("a line\nanother\n", await File.ReadAllTextAsync(after, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_its_owner_may_read_a_backup_and_nothing_else_is_left_beside_it()
    {
        await TalkAsync();

        var made = await MakeAsync(_bot);

        Assert.Equal("recollect-20260105-120000.tar.gz", Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(_bot.Root, "backups")).Select(Path.GetFileName)));
        Assert.Equal(UnixMode.OwnFile, UnixMode.Of(made.File));
        Assert.Contains(made.Missing, static one => one.StartsWith(".env", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_that_is_made_while_people_write_can_be_read_and_loses_nothing_that_was_kept_before()
    {
        await TalkAsync();
        using var ended = new CancellationTokenSource();
        var said = 0;
        var writing = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await _bot.SayAsync($"Message {said}", string.Create(CultureInfo.InvariantCulture, $"n{said}"), string.Create(CultureInfo.InvariantCulture, $"{said % 5}@c.us"));
                await (++said % 7 == 0 ? _bot.SayAsync("/reset", id: null, "0@c.us") : Task.CompletedTask);
            }
        }, TestContext.Current.CancellationToken);

        List<BackupReport> made = [];
        for (var i = 0; i < 4; i++)
        {
            _bot.Time.Advance(TimeSpan.FromSeconds(2));
            made.Add(await MakeAsync(_bot));
        }

        await ended.CancelAsync();
        await writing;
        var restored = await RestoreAsync(_fresh, made[^1].File);
        Assert.Equal(0, restored.Unreadable);
        Assert.Equal(made[^1].Sessions, restored.Sessions);
        Assert.Equal("You said: My cat is called Minka", (await _fresh.Manager.FindAnswerAsync(SessionHost.Dana, "w1", CancellationToken.None))?.Text);
        foreach (var session in (await _fresh.SessionsAsync(archived: false)).Concat(await _fresh.SessionsAsync(archived: true)))
        {
            var messages = await _fresh.Store.ReadMessagesAsync(session, int.MaxValue, CancellationToken.None);
            Assert.Superset(session.MessageIds.ToHashSet(StringComparer.Ordinal), messages.Select(static one => one.Id).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Who_was_forgotten_after_the_backup_stays_forgotten_and_others_come_back()
    {
        await TalkAsync();
        var made = await MakeAsync(_bot);
        await _bot.Get<UserEraser>().ForgetAsync("default", SessionHost.Dana, CancellationToken.None);
        await _bot.Get<UserEraser>().ForgetAsync("default", "nobody@c.us", CancellationToken.None);
        Directory.Delete(_bot.SessionRoot, recursive: true);
        _bot.Restart();

        var restored = await RestoreAsync(_bot, made.File, isForced: true);

        Assert.Equal((0L, 1, 3L, false), (restored.Memories, restored.Sessions, restored.Forgotten, restored.State));
        Assert.DoesNotContain(Directory.EnumerateFiles(_bot.SessionRoot, "*", SearchOption.AllDirectories), static file => File.ReadAllText(file).Contains("Minka", StringComparison.Ordinal));
        Assert.Equal(Other, Assert.Single(await _bot.SessionsAsync(archived: false)).Chat);
        Assert.Empty(await _bot.MemoriesAsync());
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_refused_and_with_force_what_is_there_stays()
    {
        await TalkAsync();
        var made = await MakeAsync(_bot);
        _fresh.Time.Advance(TimeSpan.FromHours(1));
        await _fresh.SayAsync("Mine barks", "w1", Other);

        var refused = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(_fresh, made.File));
        var forced = await RestoreAsync(_fresh, made.File, isForced: true);
        var again = await RestoreAsync(_fresh, made.File, isForced: true);

        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal((1L, 3, 0), (forced.Memories, forced.Sessions, forced.SessionsThere));
        Assert.Equal((0L, 1L, 0, 3), (again.Memories, again.MemoriesThere, again.Sessions, again.SessionsThere));
        Assert.Equal(2, (await _fresh.SessionsAsync(archived: false)).Count(static session => session.Chat is Other));
    }

    [Fact]
    public async Task A_restore_that_was_interrupted_goes_on_without_force()
    {
        await TalkAsync();
        var made = await MakeAsync(_bot);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var manifest = await BackupFile.VerifyAsync(made.File, CancellationToken.None);
        Directory.CreateDirectory(Path.Combine(_fresh.SessionRoot, ".restore", "half"));
        await File.WriteAllTextAsync(
            Path.Combine(_fresh.Root, ".restoring"), $"{Path.GetFileName(made.File)} {manifest.CreatedAt:O} {manifest.Entries.Sum(static entry => entry.Size)}", TestContext.Current.CancellationToken);

        var restored = await RestoreAsync(_fresh, made.File);

        Assert.Equal((1L, 3), (restored.Memories, restored.Sessions));
        Assert.False(File.Exists(Path.Combine(_fresh.Root, ".restoring")));
        Assert.False(Directory.Exists(Path.Combine(_fresh.SessionRoot, ".restore")));
    }

    [Fact]
    public async Task Older_backups_and_sessions_that_have_long_become_memories_are_deleted()
    {
        await TalkAsync();
        var first = await MakeAsync(_bot);
        await File.WriteAllTextAsync(Path.Combine(_bot.Root, "backups", "recollect-notes.txt"), "keep", TestContext.Current.CancellationToken);
        _bot.Time.Advance(TimeSpan.FromDays(29));
        var second = await MakeAsync(_bot);
        _bot.Time.Advance(TimeSpan.FromDays(3));
        var third = await MakeAsync(_bot, new() { KeepDays = 30 });

        Assert.Empty(second.DeletedBackups);
        Assert.Equal((0, 1), (second.DeletedSessions, third.DeletedSessions));
        Assert.Equal([Path.GetFileName(first.File)], third.DeletedBackups);
        Assert.Equal([.. new[] { second.File, third.File }.Select(Path.GetFileName), "recollect-notes.txt"], Directory.EnumerateFiles(Path.Combine(_bot.Root, "backups")).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(await _bot.SessionsAsync(archived: true));
        Assert.Equal(2, (await _bot.SessionsAsync(archived: false)).Count);
        Assert.Single(await _bot.MemoriesAsync());
    }

    [Fact]
    public async Task What_a_killed_backup_left_goes_after_a_day_and_never_has_a_name_of_a_backup()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_bot.Root, "backups")).FullName;
        var (old, young) = (Path.Combine(folder, ".recollect-20260101-000000.tar.gz.7.partial"), Path.Combine(folder, ".recollect-20260105-110000.tar.gz.8.partial"));
        await File.WriteAllTextAsync(old, "half", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(young, "half", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(old, _bot.Time.GetUtcNow().UtcDateTime.AddDays(-2));
        File.SetLastWriteTimeUtc(young, _bot.Time.GetUtcNow().UtcDateTime.AddHours(-1));

        await MakeAsync(_bot);

        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_nothing_and_deletes_nothing()
    {
        await TalkAsync();
        var first = await MakeAsync(_bot);
        _bot.Time.Advance(TimeSpan.FromDays(40));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => MakeAsync(_bot, new() { ConfigFile = _outside.Path })); // a folder, which comes after everything else

        Assert.Equal([first.File], Directory.EnumerateFileSystemEntries(Path.Combine(_bot.Root, "backups")), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(-1)]
    [InlineData(-9)]
    [InlineData(-400)]
    public async Task A_truncated_backup_is_refused_before_anything_is_restored(int length)
    {
        await TalkAsync();
        var made = await MakeAsync(_bot);
        var bytes = await File.ReadAllBytesAsync(made.File, TestContext.Current.CancellationToken);
        var cut = Path.Combine(_outside.Path, "cut.tar.gz");
        await File.WriteAllBytesAsync(cut, bytes[..(length < 0 ? (bytes.Length + (length < -100 ? bytes.Length / 2 * -1 : length * 40)) : length)], TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(_fresh, cut));

        Assert.Contains("is no backup, or is damaged", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_fresh.SessionRoot));
    }

    [Fact]
    public async Task A_byte_that_was_changed_is_found()
    {
        await TalkAsync();
        var made = await MakeAsync(_bot);
        var bytes = await UnpackAsync(made.File);
        var place = bytes.AsSpan().IndexOf("Minka"u8);
        bytes[place] = (byte)'B';

        var error = await Assert.ThrowsAsync<BackupException>(async () => await RestoreAsync(_fresh, await PackAsync(bytes)));

        Assert.Contains("is not as its manifest says", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sessions/../../evil", "leads elsewhere")]
    [InlineData("sessions/a/../../../evil", "leads elsewhere")]
    [InlineData("/sessions/evil", "leads elsewhere")]
    [InlineData("../evil", "leads elsewhere")]
    [InlineData("evil", "leads elsewhere")]
    [InlineData("sessions//evil", "leads elsewhere")]
    [InlineData("sessions/./evil", "leads elsewhere")]
    [InlineData("sessions/a\\..\\evil", "leads elsewhere")]
    [InlineData("sessions/a\nb", "is no backup, or is damaged")]
    [InlineData("sessions/a\tb", "leads elsewhere")]
    [InlineData("sessions/C:/evil", "leads elsewhere")]
    [InlineData("state/other.db", "leads elsewhere")]
    public Task A_name_that_leads_elsewhere_is_refused(string name, string reason) => AssertHostileAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) }, reason);

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public Task A_link_is_refused(TarEntryType type) => AssertHostileAsync(new PaxTarEntry(type, "sessions/s1/session.json") { LinkName = "/etc/passwd" }, "no plain file");

    [Theory]
    [InlineData(TarEntryType.Directory)]
    [InlineData(TarEntryType.Fifo)]
    public Task What_is_no_file_is_refused(TarEntryType type) => AssertHostileAsync(new PaxTarEntry(type, "sessions/s1"), "no plain file");

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_by_its_announced_size()
    {
        using var zeros = new MemoryStream();
        zeros.SetLength(300L * 1024 * 1024);

        await AssertHostileAsync(new PaxTarEntry(TarEntryType.RegularFile, "sessions/s1/session.json") { DataStream = zeros }, "larger than any");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"recollect-backup/2\",\"created_at\":\"2026-01-05T12:00:00Z\",\"entries\":[],\"missing\":[]}")]
    [InlineData("{\"format\":\"recollect-backup/1\",\"created_at\":\"2026-01-05T12:00:00Z\",\"entries\":null,\"missing\":[]}")]
    [InlineData("{\"format\":\"recollect-backup/1\",\"created_at\":\"2026-01-05T12:00:00Z\",\"entries\":[null],\"missing\":[]}")]
    [InlineData("{\"format\":\"recollect-backup/1\",\"created_at\":\"2026-01-05T12:00:00Z\",\"entries\":[{\"name\":\"memories.jsonl\",\"size\":0,\"sha256\":\"\"}],\"missing\":[]}")]
    public Task A_manifest_that_is_none_is_refused(string manifest) => AssertHostileAsync(Manifest(manifest), "is no backup, or is damaged");

    [Fact]
    public async Task A_backup_of_what_its_manifest_does_not_name_is_refused()
    {
        var manifest = new JsonObject { ["format"] = "recollect-backup/1", ["created_at"] = "2026-01-05T12:00:00Z", ["entries"] = new JsonArray(), ["missing"] = new JsonArray() };
        var extra = new PaxTarEntry(TarEntryType.RegularFile, "data/extra") { DataStream = new MemoryStream("x"u8.ToArray()) };

        await AssertHostileAsync([extra, Manifest(manifest.ToJsonString())], "data/extra is not as its manifest says");
    }

    [Fact]
    public async Task What_is_no_archive_at_all_is_refused()
    {
        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(_fresh, Write("text.tar.gz", "just text")));
        var missing = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(_fresh, Path.Combine(_outside.Path, "nowhere.tar.gz")));

        Assert.Contains("is no backup", error.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", missing.Message, StringComparison.Ordinal);
    }

    private static PaxTarEntry Manifest(string text) => new(TarEntryType.RegularFile, "manifest.json") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    private static async Task<byte[]> UnpackAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        await unpacked.CopyToAsync(memory);
        return memory.ToArray();
    }

    private static Task<BackupReport> MakeAsync(SessionHost host, BackupRequest? request = null) => host.Get<BackupMaker>().MakeAsync(request ?? new(), CancellationToken.None);

    private static Task<RestoreReport> RestoreAsync(SessionHost host, string file, bool isForced = false, string? logFolder = null) =>
        host.Get<BackupRestorer>().RestoreAsync(file, isForced, logFolder, CancellationToken.None);

    private static async Task<string> RecallAsync(SessionHost host)
    {
        var found = await host.Get<RecallEngine>().RecallAsync(new() { Owner = new Owner { User = SessionHost.Dana }, Text = "What is my cat called?", Top = 5 }, CancellationToken.None);
        Assert.Contains("Minka", Assert.Single(found).Memory.Content, StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{found[0].Memory.Id} {found[0].Similarity} {found[0].Memory.Content}");
    }

    private static string[] Files(SessionHost host) =>
    [
        .. Directory.EnumerateFiles(host.SessionRoot, "*", SearchOption.AllDirectories).Where(static path => !path.Contains("/.locks/", StringComparison.Ordinal))
            .Select(path => $"{Path.GetRelativePath(host.SessionRoot, path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))} {UnixMode.Of(path)}").Order(StringComparer.Ordinal),
    ];

    private async Task TalkAsync()
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        await _bot.SayAsync("/reset", "w2");
        await _bot.SayAsync("She loves tuna", "w3");
        await _bot.SayAsync("Mine barks", "w1", Other);
    }

    private async Task<string> PackAsync(byte[] tar)
    {
        var path = Path.Combine(_outside.Path, "packed.tar.gz");
        await using var file = File.Create(path);
        await using var packed = new GZipStream(file, CompressionLevel.Fastest);
        await packed.WriteAsync(tar);
        return path;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_outside.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private Task AssertHostileAsync(PaxTarEntry entry, string reason) => AssertHostileAsync([entry], reason);

    private async Task AssertHostileAsync(PaxTarEntry[] entries, string reason)
    {
        var path = Path.Combine(_outside.Path, "hostile.tar.gz");
        await using (var file = File.Create(path))
        await using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(packed, TarEntryFormat.Pax))
        {
            foreach (var entry in entries)
            {
                await tar.WriteEntryAsync(entry);
            }
        }

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(_fresh, path, isForced: true));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_fresh.SessionRoot));
        Assert.False(File.Exists(Path.Combine(_outside.Path, "evil")));
    }
}
