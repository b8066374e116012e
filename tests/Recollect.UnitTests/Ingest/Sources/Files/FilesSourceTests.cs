using System.Text;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Files;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

public sealed class FilesSourceTests : IDisposable
{
    private readonly ChatFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_read_recursively_without_hidden_and_other_files()
    {
        _folder.Write("a.jsonl", Line("a"));
        _folder.Write("deep/er/b.NDJSON", Line("b"));
        _folder.Write("deep/c.json", Line("c"));
        _folder.Write("deep/d.txt", Line("d"));
        _folder.Write("deep/e.log", Line("no"));
        _folder.Write(".hidden.jsonl", Line("no"));
        _folder.Write(".git/f.jsonl", Line("no"));

        SourceMessageAssert.Texts(await _folder.ReadAsync(), "a", "c", "d", "b");
        Assert.Empty(_folder.Observer.Unreachable);
    }

    [Theory]
    [InlineData("*.jsonl", "a")]
    [InlineData("**/*.jsonl", "a b c")]
    [InlineData("x/*.jsonl", "b")]
    [InlineData("x/**", "c b")]
    [InlineData("*/y/*", "c")]
    public async Task A_glob_chooses_files(string glob, string expected)
    {
        _folder.Write("a.jsonl", Line("a"));
        _folder.Write("x/b.jsonl", Line("b"));
        _folder.Write("x/y/c.jsonl", Line("c"));
        _folder.Write("x/.z/d.jsonl", Line("no"));

        var messages = await _folder.ReadAsync(glob);

        Assert.Equal(expected.Split(' ').Order(StringComparer.Ordinal), messages.Select(message => message.Message.Text).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_file_named_several_times_is_read_once()
    {
        _folder.Write("x/a.jsonl", Line("a"));
        File.CreateSymbolicLink(Path.Join(_folder.Path, "link.jsonl"), Path.Join(_folder.Path, "x/a.jsonl"));

        SourceMessageAssert.Texts(await _folder.ReadAsync("x/a.jsonl", "x", "x/../x/a.jsonl", "**/*.jsonl", "x/*", "link.jsonl"), "a");
    }

    [Theory]
    [InlineData("")]
    [InlineData("**/*.jsonl")]
    public async Task A_loop_of_links_does_not_hang(string path)
    {
        _folder.Write("x/a.jsonl", Line("a"));
        for (var i = 0; i < 5; i++)
        {
            Directory.CreateSymbolicLink(Path.Join(_folder.Path, "x", $"loop{i}"), _folder.Path);
            Directory.CreateSymbolicLink(Path.Join(_folder.Path, $"again{i}"), Path.Join(_folder.Path, "x"));
        }

        SourceMessageAssert.Texts(await _folder.ReadAsync(path), "a");
    }

    [Theory]
    [InlineData("missing.jsonl", "does not exist")]
    [InlineData("*.nothing", "matches no file")]
    [InlineData("empty", "holds no *.jsonl, *.ndjson, *.json, *.txt file")]
    [InlineData("dangling.jsonl", "does not exist")]
    [InlineData("circle.jsonl", "cannot be read: Too many symbolic links.")]
    public async Task A_path_that_leads_nowhere_is_an_error_that_says_so(string path, string reason)
    {
        AddTraps();

        var error = await Assert.ThrowsAsync<SourceException>(() => _folder.ReadAsync(path));

        Assert.Contains($"{path} {reason}", error.Message, StringComparison.Ordinal);
        Assert.False((await _folder.Source(path).DiagnoseAsync(CancellationToken.None)).Healthy);
    }

    [Fact]
    public async Task Beside_a_path_that_leads_nowhere_the_others_are_read()
    {
        AddTraps();
        _folder.Write("a.jsonl", Line("a"));

        SourceMessageAssert.Texts(await _folder.ReadAsync("a.jsonl", "missing.jsonl"), "a");
        Assert.Equal("does not exist", Assert.Single(_folder.Observer.Unreachable).Reason);
    }

    [Fact]
    public async Task Files_that_cannot_be_opened_are_named_and_the_rest_goes_on()
    {
        AddTraps();
        _folder.Write("a.jsonl", Line("a"));
        _folder.Write("z.jsonl", Line("z"));
        Directory.CreateDirectory(Path.Join(_folder.Path, "folder.jsonl"));

        SourceMessageAssert.Texts(await _folder.ReadAsync(), "a", "z");
        Assert.Equal(["circle.jsonl", "dangling.jsonl"], _folder.Observer.Unreachable.Select(item => Path.GetFileName(item.Place)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user may read everything.");
        _folder.Write("a.jsonl", Line("a"));
        var locked = _folder.Write("locked.jsonl", Line("no"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(locked, UnixFileMode.None);
        }

        SourceMessageAssert.Texts(await _folder.ReadAsync(), "a");
        Assert.StartsWith("may not be read", Assert.Single(_folder.Observer.Unreachable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_no_known_format_is_named_and_the_rest_goes_on()
    {
        _folder.Write("a.jsonl", Line("a"));
        _folder.Write("notes.txt", "Buy flour.\n");
        _folder.Write("package.json", "{\n  \"name\": \"x\"\n}\n");
        _folder.Write("list.json", "[\n{\"a\":1}\n]\n");
        _folder.Write("picture.jsonl", [0x89, (byte)'P', 0, 0, 1, 2, 3]);

        SourceMessageAssert.Texts(await _folder.ReadAsync(), "a");
        Assert.Equal(4, _folder.Observer.Unreadable.Count);
        Assert.All(_folder.Observer.Unreadable, item => Assert.Equal("not recognised: expected JSONL, a ChatGPT conversations.json or a WhatsApp chat export", item.Reason));
        Assert.Empty(_folder.Observer.Unreachable);
    }

    [Fact]
    public async Task Formats_are_told_apart_by_content_and_not_by_name()
    {
        _folder.Write("1.txt", "\n" + Line("lines"));
        _folder.Write("2.jsonl", "31/12/2025, 10:00 - Dana: whatsapp\n");
        _folder.Write("3.ndjson", """[{"id":"c","current_node":"a","mapping":{"a":{"message":{"author":{"role":"user"},"create_time":1,"content":{"parts":["chatgpt"]}}}}}]""");
        _folder.Write("4.json", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("31/12/2025, 10:00 - Dana: wide\n")).ToArray());

        SourceMessageAssert.Texts(await _folder.ReadAsync(), "lines", "whatsapp", "chatgpt", "wide");
    }

    [Fact]
    public async Task A_pipe_in_a_folder_does_not_hang()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes in folders.");
        _folder.Write("z.jsonl", Line("z"));
        using var maker = System.Diagnostics.Process.Start("mkfifo", [Path.Join(_folder.Path, "a.jsonl")]);
        await maker.WaitForExitAsync();

        SourceMessageAssert.Texts(await _folder.ReadAsync(), "z");
        Assert.True((await _folder.Source().DiagnoseAsync(CancellationToken.None)).Healthy);
    }

    [Fact]
    public async Task Progress_ends_at_the_size_of_all_files()
    {
        var line = Line(new string('x', 1000));
        _folder.Write("a.jsonl", string.Concat(Enumerable.Repeat(line, 5_000)));
        _folder.Write("b.jsonl", line);

        await _folder.ReadAsync();

        var total = 5_001L * line.Length;
        Assert.Equal((total, total), _folder.Observer.Progress[^1]);
        Assert.InRange(_folder.Observer.Progress.Count, 4, 20);
        Assert.Equal(_folder.Observer.Progress.Select(step => step.Done).Order(), _folder.Observer.Progress.Select(step => step.Done));
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_read_is_read_up_to_its_length_at_the_start()
    {
        var path = _folder.Write("a.jsonl", string.Concat(Enumerable.Repeat(Line("old"), 20_000)));
        var count = 0;
        await foreach (var _ in _folder.Source("a.jsonl").ReadAsync(ReadRequest.Everything, _folder.Observer, CancellationToken.None))
        {
            if (count++ < 100)
            {
                await File.AppendAllTextAsync(path, Line("new"));
            }
        }

        Assert.Equal(20_000, count);
        Assert.Empty(_folder.Observer.Unreadable);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_while_it_is_read_is_not_taken_as_read_whole()
    {
        var path = _folder.Write("a.jsonl", string.Concat(Enumerable.Repeat(Line("old"), 20_000)));
        await foreach (var _ in _folder.Source("a.jsonl").ReadAsync(ReadRequest.Everything, _folder.Observer, CancellationToken.None))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(10);
        }

        Assert.StartsWith("became shorter", Assert.Single(_folder.Observer.Unreachable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_counts_files_by_format()
    {
        _folder.Write("a.jsonl", Line("a"));
        _folder.Write("b.jsonl", Line("b"));
        _folder.Write("chat.txt", "31/12/2025, 10:00 - Dana: hi\n");
        _folder.Write("empty.txt", string.Empty);

        var healthy = await _folder.Source().DiagnoseAsync(CancellationToken.None);
        _folder.Write("notes.txt", "Buy flour.\n");
        var ill = await _folder.Source().DiagnoseAsync(CancellationToken.None);

        Assert.Equal(new Diagnosis(true, "2 JSONL, 1 WhatsApp export, 1 empty"), healthy);
        Assert.False(ill.Healthy);
        Assert.Contains("notes.txt not recognised", ill.Finding, StringComparison.Ordinal);
        Assert.NotNull(ill.Advice);
    }

    [Fact]
    public async Task No_path_at_all_is_an_error()
    {
        var source = _folder.Source();
        _folder.Options.Paths = [];

        await Assert.ThrowsAsync<ConfigurationException>(async () => await source.ReadAsync(ReadRequest.Everything, _folder.Observer, CancellationToken.None).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public void Wrong_settings_are_all_named_at_once()
    {
        var result = new FilesSourceOptionsValidator().Validate(name: null, new FilesSourceOptions
        {
            Paths = ["a", " "],
            MaxLineBytes = 5,
            User = string.Empty,
            TimeZone = "Mars/Olympus",
            WhatsAppDateOrder = (WhatsAppDateOrder)9,
        });

        Assert.Equal(5, result.Failures!.Count());
        Assert.True(new FilesSourceOptionsValidator().Validate(name: null, new FilesSourceOptions()).Succeeded);
    }

    private static string Line(string text) => $$"""{"thread":"t1","role":"user","text":"{{text}}","sent_at":"2026-01-05T10:00:00Z"}""" + "\n";

    private void AddTraps()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "empty"));
        File.CreateSymbolicLink(Path.Join(_folder.Path, "dangling.jsonl"), Path.Join(_folder.Path, "gone.jsonl"));
        File.CreateSymbolicLink(Path.Join(_folder.Path, "circle.jsonl"), Path.Join(_folder.Path, "circle.jsonl"));
    }
}
