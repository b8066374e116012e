using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Benchmarks.Measuring;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.Memories.Vectors;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Benchmarks.Vectors;

/// <summary>The default store, through the seam that recall uses.</summary>
internal sealed class RecollectPeer(string root) : IVectorPeer
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly SqliteMemoryStore _store = new(Options.Create(new DataOptions { Root = root }));

    private string Built => Path.Combine(root, "built");

    public string Name => "recollect";

    public long MostBytes => long.MaxValue;

    public async Task BuildAsync(VectorSet set, int count, bool owned, CancellationToken cancellationToken)
    {
        if (File.Exists(Built))
        {
            return; // counting what is stored would read it all into memory
        }

        for (var row = (int)(await _store.GetStatisticsAsync(cancellationToken)).Chunks; row < count; row++)
        {
            await _store.UpsertAsync(Record(row, owned ? row % set.Owners : 0, set.Vector(row)), [], cancellationToken);
        }

        await File.WriteAllTextAsync(Built, string.Empty, cancellationToken);
    }

    public async Task<int[]> SearchAsync(float[] query, int owner, CancellationToken cancellationToken) =>
        [.. (await _store.SearchAsync(Visibility.Of(new() { User = NameOf(owner) }), query, 10, cancellationToken)).Select(match => int.Parse(match.MemoryId, CultureInfo.InvariantCulture))];

    public long BytesOnDisk() => Workspace.BytesIn(root);

    public long ResidentBytes() => Workspace.ResidentBytes(Environment.ProcessId);

    public long BytesScanned(int rows, int dimensions) => (long)rows * (rows > VectorScan.MostExact ? SignCode.Bytes : QuantizedVector.Size(dimensions));

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string NameOf(int owner) => string.Create(CultureInfo.InvariantCulture, $"owner{owner}");

    private static MemoryRecord Record(int row, int owner, float[] vector)
    {
        var id = row.ToString(CultureInfo.InvariantCulture);
        var thread = new ThreadKey { Source = "bench", Owner = new() { User = NameOf(owner) }, Thread = NameOf(owner) };
        return new()
        {
            Memory = new()
            {
                Id = id,
                Thread = thread,
                StartedAt = Start,
                EndedAt = Start,
                Summary = string.Empty,
                Facts = [],
                Topics = [],
                Citations = [],
                MessageIds = [],
                Fingerprint = new() { ContentHash = id, SourceUpdatedAt = Start, MadeBy = "bench" },
            },
            Messages = [],
            Chunks = [new() { Index = 0, FirstMessage = 0, LastMessage = 0, Vector = vector }],
            Vector = vector,
        };
    }
}
