using Recollect.Conformance;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises.Convergence;

/// <summary>What must hold of a store once all is settled.</summary>
internal static class Expect
{
    public static void SameMemories(IReadOnlyList<MemoryRecord> expected, IReadOnlyList<MemoryRecord> actual)
    {
        Assert.Equal([.. expected.Select(Name)], (string[])[.. actual.Select(Name)]);
        foreach (var (left, right) in expected.Zip(actual))
        {
            MemoryRecordAssert.Same(left, right);
        }
    }

    public static void NoMessageTwice(IReadOnlyList<MemoryRecord> stored)
    {
        var places = stored.SelectMany(record => record.Memory.MessageIds.Select(id => (record.Memory.Thread.Id, id)));
        Assert.Empty(places.GroupBy(place => place).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    /// <summary>A second run over unchanged input calls nobody and changes nothing.</summary>
    public static async Task NothingToDoAsync(Engine engine, RunRequest request, EngineParts parts)
    {
        var before = Calls(parts);
        var report = await engine.RunAsync(request);
        Assert.Equal((0, 0, 0, 0), (report.Created, report.Updated, report.Retired, report.Failed.Count));
        Assert.Equal(before, Calls(parts));
    }

    private static string Name(MemoryRecord record) => $"{record.Memory.Id} {record.Memory.Thread.Thread}: {string.Join(',', record.Memory.MessageIds)}";

    private static (int Writer, int Embedder, int? Delivery) Calls(EngineParts parts) =>
        (((PlainWriter)parts.Writer).Calls, ((HashEmbedder)parts.Embedder).Calls, ((Receiver?)parts.Delivery)?.Calls);
}
