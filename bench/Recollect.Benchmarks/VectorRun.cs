using System.Diagnostics;
using System.Globalization;
using Recollect.Benchmarks.Measuring;
using Recollect.Benchmarks.Vectors;

namespace Recollect.Benchmarks;

/// <summary>Nearest vectors, side by side: the same vectors, queries and filters for each.</summary>
internal static class VectorRun
{
    private const int Top = 10;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var workspace = new Workspace(arguments.Text("--data"));
        using var set = VectorSet.Open(arguments.Text("--vectors")!);
        Console.WriteLine($"{set.Count} vectors of {set.Dimensions} dimensions: {set.Name}");
        foreach (var count in new[] { 10_000, 100_000, 1_000_000 }.Where(size => size <= arguments.Number("--most", 100_000) && size <= set.Count))
        {
            foreach (var owned in new[] { false, true })
            {
                var queries = Math.Min(set.Queries, arguments.Number("--queries", 200));
                var nearest = set.Nearest(count, owned, queries, Top);
                await using var peer = new RecollectPeer(Path.Combine(workspace.Folder, $"recollect-{set.Dimensions}-{count}-{owned}"));
                await MeasureAsync(peer, set, count, owned, nearest);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(IVectorPeer peer, VectorSet set, int count, bool owned, int[][] nearest)
    {
        var start = Stopwatch.GetTimestamp();
        await peer.BuildAsync(set, count, owned, CancellationToken.None);
        var built = Stopwatch.GetElapsedTime(start);
        var latencies = new Latencies();
        var hits = 0;
        for (var round = 0; round < 3; round++)
        {
            for (var number = 0; number < nearest.Length; number++)
            {
                var query = set.Query(number);
                start = Stopwatch.GetTimestamp();
                var found = await peer.SearchAsync(query, owned ? set.QueryOwners[number] : 0, CancellationToken.None);
                var elapsed = Stopwatch.GetElapsedTime(start);
                if (round > 0)
                {
                    latencies.Add(elapsed);
                    hits += found.Intersect(nearest[number]).Count();
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {peer.Name,-24} | {count,9} | {set.Dimensions,5} | {(owned ? "one of many" : "all"),-11} | {latencies.At(0.5),8:F2} | {latencies.At(0.95),8:F2} | {latencies.At(0.99),8:F2} | {hits / 2.0 / nearest.Sum(rows => rows.Length),6:F4} | {built.TotalSeconds,8:F1} | {peer.BytesOnDisk() >> 20,8} | {peer.ResidentBytes() >> 20,8} |"));
    }
}
