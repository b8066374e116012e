using System.Text;
using Recollect.Conformance;
using Recollect.IntegrationTests.Promises.Convergence;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>Export and import.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly Stage _from = new();
    private readonly Stage _to = new();

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    [Fact]
    public async Task What_is_exported_comes_back_identical_in_a_fresh_store()
    {
        using var source = _from.Open();
        await source.Store.InitializeAsync(CancellationToken.None);
        await source.Store.UpsertAsync(MemoryRecords.Rich("rich"), [], CancellationToken.None);
        await source.Store.UpsertAsync(MemoryRecords.Of("without text") with { Messages = [] }, [], CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            await source.Store.UpsertAsync(MemoryRecords.Of($"plain {i}", thread: $"t{i}"), [], CancellationToken.None);
        }

        using var archive = new MemoryStream();
        Assert.Equal(22, await source.Archive.ExportAsync(archive, isWanted: null, CancellationToken.None));
        archive.Position = 0;
        using var target = _to.Open();

        var report = await target.Archive.ImportAsync(archive, CancellationToken.None);

        Assert.Equal((22, 0, 0, 0), (report.Imported, report.Unchanged, report.Forgotten, report.UnreadableCount));
        Expect.SameMemories(await source.StoredAsync(), await target.StoredAsync());
        using var again = new MemoryStream(archive.ToArray());
        report = await target.Archive.ImportAsync(again, CancellationToken.None);
        Assert.Equal((0, 22), (report.Imported, report.Unchanged));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"recollect/1\"}")]
    [InlineData("{\"format\":\"recollect/1\",\"record\":null}")]
    [InlineData("{\"format\":\"recollect/1\",\"record\":{}}")]
    [InlineData("{\"format\":\"recollect/2\",\"record\":{}}")]
    [InlineData("\u0000\uFFFD")]
    public Task A_line_that_is_no_memory_is_counted(string line) => AssertCountedAsync(line);

    [Theory]
    [InlineData("\"memory\":", "\"memory\":null,\"was\":")]
    [InlineData("\"messages\":", "\"messages\":null,\"was\":")]
    [InlineData("\"chunks\":", "\"chunks\":null,\"was\":")]
    [InlineData("\"chunks\":", "\"chunks\":[null],\"was\":")]
    [InlineData("\"messages\":[", "\"messages\":[null,")]
    [InlineData("\"message_ids\":", "\"message_ids\":null,\"was\":")]
    [InlineData("\"message_ids\":[", "\"message_ids\":[null,")]
    [InlineData("\"message_ids\":[", "\"message_ids\":[],\"was\":[")]
    [InlineData("\"citations\":", "\"citations\":null,\"was\":")]
    [InlineData("\"citations\":[", "\"citations\":[null,")]
    [InlineData("\"facts\":", "\"facts\":null,\"was\":")]
    [InlineData("\"facts\":[", "\"facts\":[null")]
    [InlineData("\"facts\":[", "\"facts\":[{\"text\":\"x\",\"citations\":[]}")]
    [InlineData("\"topics\":", "\"topics\":null,\"was\":")]
    [InlineData("\"fingerprint\":", "\"fingerprint\":null,\"was\":")]
    [InlineData("\"thread\":{", "\"thread\":null,\"was\":{")]
    [InlineData("\"owner\":{", "\"owner\":null,\"was\":{")]
    [InlineData("\"user\":\"u1\"", "\"user\":\"\"")]
    [InlineData("\"user\":\"u1\"", "\"user\":null")]
    [InlineData("\"source\":\"files\"", "\"source\":null")]
    [InlineData("\"text\":\"Question plain?\"", "\"text\":null")]
    [InlineData("\"id\":\"m1\"", "\"id\":\"m0\"")]
    [InlineData("\"vector\":\"", "\"vector\":\"AAA")]
    [InlineData("\"vector\":\"", "\"vector\":null,\"was\":\"")]
    [InlineData("\"last_message\":0", "\"last_message\":2")]
    [InlineData("\"first_message\":0", "\"first_message\":-1")]
    [InlineData("\"topics\":[", "\"topics\":[null")]
    [InlineData("\"started_at\":\"2026-01-05T10:00:00", "\"started_at\":\"2026-01-05T09:59:59")]
    [InlineData("\"started_at\":\"2026-01-05T10:00:00", "\"started_at\":\"2099-01-05T10:00:00")]
    [InlineData("\"ended_at\":\"2026-01-05T10:01:00", "\"ended_at\":\"2026-01-05T10:01:01")]
    [InlineData("\"message_id\":\"m0\"", "\"message_id\":\"m9\"")]
    public async Task A_memory_that_was_tampered_with_is_counted(string replaced, string by)
    {
        using var source = _from.Open();
        await source.Store.InitializeAsync(CancellationToken.None);
        await source.Store.UpsertAsync(MemoryRecords.Of("plain"), [], CancellationToken.None);
        using var archive = new MemoryStream();
        await source.Archive.ExportAsync(archive, isWanted: null, CancellationToken.None);
        var line = Encoding.UTF8.GetString(archive.ToArray()).TrimEnd('\n');
        Assert.Contains(replaced, line, StringComparison.Ordinal);

        await AssertCountedAsync(line.Replace(replaced, by, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_older_export_leaves_what_is_newer_alone_and_a_newer_one_replaces_it()
    {
        var older = MemoryRecords.Of("same", thread: "t1", summary: "Older.");
        var now = older.Memory.Fingerprint.SourceUpdatedAt.AddDays(1);
        var newer = older with { Memory = older.Memory with { Summary = "Newer.", Fingerprint = older.Memory.Fingerprint with { ContentHash = "newer", SourceUpdatedAt = now } } };
        using var of = new MemoryStream(await ExportAsync(_from, older));
        using var to = new MemoryStream(await ExportAsync(_to, newer));
        using var source = _from.Open();
        using var target = _to.Open();

        var back = await target.Archive.ImportAsync(of, CancellationToken.None);
        var forth = await source.Archive.ImportAsync(to, CancellationToken.None);

        Assert.Equal((0, 1), (back.Imported, back.Unchanged));
        Assert.Equal((1, 0), (forth.Imported, forth.Unchanged));
        Assert.All([await target.StoredAsync(), await source.StoredAsync()], stored => Assert.Equal("Newer.", Assert.Single(stored).Memory.Summary));
    }

    private static async Task<byte[]> ExportAsync(Stage stage, MemoryRecord record)
    {
        using var engine = stage.Open();
        await engine.Store.InitializeAsync(CancellationToken.None);
        await engine.Store.UpsertAsync(record, [], CancellationToken.None);
        using var archive = new MemoryStream();
        await engine.Archive.ExportAsync(archive, isWanted: null, CancellationToken.None);
        return archive.ToArray();
    }

    private async Task AssertCountedAsync(string line)
    {
        using var source = _from.Open();
        await source.Store.InitializeAsync(CancellationToken.None);
        await source.Store.UpsertAsync(MemoryRecords.Of("good", thread: "good"), [], CancellationToken.None);
        using var archive = new MemoryStream();
        await archive.WriteAsync(Encoding.UTF8.GetBytes(line + "\n\n"));
        await source.Archive.ExportAsync(archive, record => record.Memory.Thread.Thread is "good", CancellationToken.None);
        archive.Position = 0;
        using var target = _to.Open();

        var report = await target.Archive.ImportAsync(archive, CancellationToken.None);

        Assert.Equal((1, 1), (report.Imported, report.UnreadableCount));
        Assert.StartsWith("line 1: ", Assert.Single(report.Unreadable), StringComparison.Ordinal);
    }
}
