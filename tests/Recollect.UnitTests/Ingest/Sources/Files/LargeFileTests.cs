using System.Text;
using Recollect.Conformance.Ingest.Sources;
using Recollect.Ingest.Sources.Files;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

[Collection(nameof(AloneInMemory))]
public sealed class LargeFileTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task Memory_stays_flat_over_a_large_file_of_lines_without_ids()
    {
        var lines = string.Concat(Enumerable.Range(0, 5_000).Select(i =>
            $$"""{"thread":"t{{i}}","role":"user","text":"{{new string('x', 100)}} {{i}}","sent_at":"2026-01-05T10:00:00Z"}""" + "\n"));

        Assert.Equal(0, await PeakOverLimitAsync(new JsonLinesFormat(), lines, "a.jsonl"));
    }

    [Fact]
    public async Task Memory_stays_flat_over_a_large_export()
    {
        var content = "\"content\":{\"parts\":[\"" + new string('y', 5_000) + "\"]}";
        var node = "{\"message\":{\"author\":{\"role\":\"user\"}," + content + "}}";
        var conversations = string.Concat(Enumerable.Range(0, 200).Select(i => $",{{\"id\":\"c{i}\",\"create_time\":1,\"mapping\":{{\"n1\":{node}}}}}"));

        Assert.Equal(0, await PeakOverLimitAsync(new ChatGptFormat(), conversations, "conversations.json"));
    }

    [Fact]
    public async Task A_line_without_end_is_passed_over_in_flat_memory()
    {
        var observer = new RecordingObserver();

        Assert.Equal(0, await PeakOverLimitAsync(new JsonLinesFormat(), "{\"text\":\"" + new string('x', Megabyte), "a.jsonl", observer));
        Assert.Single(observer.Unreadable);
    }

    /// <summary>Reads 200 MB and tells by how many bytes live memory went over 100 MB.</summary>
    private static async Task<long> PeakOverLimitAsync(IFileFormat format, string block, string name, RecordingObserver? observer = null)
    {
        var bytes = Encoding.UTF8.GetBytes(block);
        var stream = new GeneratedStream(bytes, (200 * Megabyte / bytes.Length) + 1);
        await using var content = await FileContent.OfAsync(stream, new FoundFile("/" + name, name, stream.Length), CancellationToken.None);
        var context = new ReadContext("files", new FilesSourceOptions { MaxLineBytes = 8 * Megabyte }, observer ?? new RecordingObserver(), FixedTime.Now);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var count = 0;
        await foreach (var _ in format.ReadAsync(content, context, CancellationToken.None))
        {
            if (++count % 100_000 == 0 || (count % 10_000 == 0 && count < 100_000))
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.Equal(content.Length, content.BytesRead);
        return Math.Max(0, peak - (100L * Megabyte));
    }
}
