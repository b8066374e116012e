using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Recollect.Benchmarks.Measuring;
using Recollect.Benchmarks.Vectors;

namespace Recollect.Benchmarks;

/// <summary>Nearest vectors, side by side: the same vectors, queries and filters for each.</summary>
internal static class VectorRun
{
    /// <summary>How many rows are asked for.</summary>
    public const int Top = 10;

    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];
    private static readonly bool[] Filters = [false, true];

    private const int Rounds = 3; // the first is not counted
    private const float Same = 1e-6f; // cosines that differ by less differ by rounding

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var workspace = new Workspace(arguments.Text("--data"));
        var folder = arguments.Text("--vectors");
        var (most, queries) = (arguments.Number("--most", 100_000), arguments.Number("--queries", 200));
        if (folder is null)
        {
            var dimensions = arguments.Number("--dimensions", 384);
            folder = Path.Combine(workspace.Folder, $"generated-{dimensions}-{most}");
            await GeneratedVectors.WriteAsync(folder, most, dimensions, queries);
        }

        try
        {
            using var set = VectorSet.Open(folder);
            await RunAsync(set, workspace, arguments, most, Math.Min(queries, set.Queries));
            return 0;
        }
        catch (InvalidDataException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
    }

    private static async Task RunAsync(VectorSet set, Workspace workspace, Arguments arguments, int most, int queries)
    {
        var bandwidth = MemoryBus.Measure();
        var limit = TimeSpan.FromSeconds(arguments.Number("--limit", 600));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Count} vectors of {set.Dimensions} dimensions: {set.Name}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Memory is read at {bandwidth / 1e9:F1} GB/s. Bus: how much of a search (p50) that takes for what is read in any case."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Skipped: what has more bytes of vectors than a peer is meant for, and what takes longer than {limit.TotalSeconds:F0} s to build. Ours is built once and kept where --data says so."));
        Console.WriteLine("| peer                 |  vectors |   d | of          |   p50 ms |   p95 ms |   p99 ms | recall@10 |  build s | MiB disk | MiB memory |  bus |");
        Console.WriteLine("|----------------------|---------:|----:|-------------|---------:|---------:|---------:|----------:|---------:|---------:|-----------:|-----:|");
        foreach (var count in Sizes.Where(size => size <= most && size <= set.Count && size >= arguments.Number("--least", 0)))
        {
            foreach (var owned in Filters.Where(owned => IsAsked(arguments.Text("--of"), owned)))
            {
                var nearest = set.Nearest(count, owned, queries, Top);
                foreach (var make in Peers(workspace, set, count, owned, arguments.Text("--only")))
                {
                    await using var peer = make();
                    await ShowAsync(peer, set, count, owned, nearest, limit, bandwidth);
                }
            }
        }
    }

    private static bool IsAsked(string? of, bool owned) => of is null || string.Equals(of, owned ? "one" : "all", StringComparison.Ordinal);

    private static IEnumerable<Func<IVectorPeer>> Peers(Workspace workspace, VectorSet set, int count, bool owned, string? only)
    {
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(workspace.Folder, $"{name}-{set.Dimensions}-{count}-{owned}")).FullName;
        (string Name, Func<IVectorPeer> Make)[] peers =
        [
            ("recollect", () => new RecollectPeer(Folder("recollect"))),
            ("sqlite", () => new SqliteBrutePeer(Folder("sqlite"))),
            ("chroma", () => new ChromaPeer()),
            ("pgvector-exact", () => new PgvectorPeer(isExact: true)),
            ("pgvector-hnsw", () => new PgvectorPeer(isExact: false)),
        ];
        return peers.Where(peer => only is null || only.Split(',').Contains(peer.Name, StringComparer.Ordinal)).Select(peer => peer.Make);
    }

    private static async Task ShowAsync(IVectorPeer peer, VectorSet set, int count, bool owned, int[][] nearest, TimeSpan limit, double bandwidth)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"| {peer.Name,-20} | {count,8} | {set.Dimensions,3} | {(owned ? "one of many" : "all"),-11} |");
        if ((long)count * set.Dimensions * sizeof(float) > peer.MostBytes)
        {
            Console.WriteLine($"{row} skipped: more than {peer.MostBytes >> 20} MiB of vectors |");
            return;
        }

        using var late = new CancellationTokenSource(peer.MostBytes == long.MaxValue ? Timeout.InfiniteTimeSpan : limit);
        var start = Stopwatch.GetTimestamp();
        try
        {
            await peer.BuildAsync(set, count, owned, late.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"{row} skipped: not built within {limit.TotalSeconds:F0} s |");
            return;
        }

        var built = Stopwatch.GetElapsedTime(start);
        var (latencies, recall) = await AskAsync(peer, set, owned, nearest);
        var bus = peer.BytesScanned(owned ? count / set.Owners : count, set.Dimensions) / bandwidth * 1_000 / latencies.At(0.5);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row} {latencies.At(0.5),8:F2} | {latencies.At(0.95),8:F2} | {latencies.At(0.99),8:F2} | {recall,9:F4} | {built.TotalSeconds,8:F1} | {peer.BytesOnDisk() >> 20,8} | {peer.ResidentBytes() >> 20,10} | {bus,4:P0} |"));
    }

    private static async Task<(Latencies Latencies, double Recall)> AskAsync(IVectorPeer peer, VectorSet set, bool owned, int[][] nearest)
    {
        var (latencies, hits) = (new Latencies(), 0);
        var least = nearest.Select((rows, number) => rows.Select(row => Cosine(number, row)).DefaultIfEmpty().Min()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var number = 0; number < nearest.Length; number++)
            {
                var query = set.Query(number);
                var start = Stopwatch.GetTimestamp();
                var found = await peer.SearchAsync(query, owned ? set.QueryOwners[number] : 0, CancellationToken.None);
                var elapsed = Stopwatch.GetElapsedTime(start);
                if (round > 0)
                {
                    latencies.Add(elapsed);
                    hits += found.Distinct().Count(row => Cosine(number, row) >= least[number] - Same); // of rows that are as near as one another any will do
                }
            }
        }

        return (latencies, hits / (double)((Rounds - 1) * Math.Max(1, nearest.Sum(rows => rows.Length))));

        float Cosine(int number, int row) => TensorPrimitives.Dot<float>(set.Query(number), set.Vector(row));
    }
}
