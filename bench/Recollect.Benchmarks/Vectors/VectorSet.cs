using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Recollect.Benchmarks.Vectors;

/// <summary>Vectors of unit length and queries with their owners: those of a folder, or of generated chats.</summary>
internal sealed class VectorSet : IDisposable
{
    private readonly FileStream _vectors; // read, not mapped: what is mapped would count as memory of what is measured
    private readonly float[] _queries;

    private VectorSet(string name, int count, int dimensions, int owners, int[] queryOwners, FileStream vectors, float[] queries) =>
        (Name, Count, Dimensions, Owners, QueryOwners, _vectors, _queries) = (name, count, dimensions, owners, queryOwners, vectors, queries);

    public string Name { get; }

    public int Count { get; }

    public int Dimensions { get; }

    /// <summary>Gets how many owners there are; row i belongs to owner i modulo this.</summary>
    public int Owners { get; }

    public int[] QueryOwners { get; }

    public int Queries => QueryOwners.Length;

    /// <summary>Reads a folder with <c>vectors.f32</c>, <c>queries.f32</c> and <c>header.json</c>.</summary>
    /// <exception cref="InvalidDataException">It is not as its header says, with the file and the reason.</exception>
    public static VectorSet Open(string folder)
    {
        var header = Path.Combine(folder, "header.json");
        Header read;
        try
        {
            read = JsonSerializer.Deserialize<Header>(File.ReadAllBytes(header), JsonSerializerOptions.Web) ?? throw new JsonException("It is empty.");
        }
        catch (Exception ex) when (ex is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{header} cannot be read: {ex.Message}", ex);
        }

        if (read is not { N: > 0 and <= 100_000_000, D: > 0 and <= 65_536, Owners: > 0, Queries: > 0 } || read.Query_owner.Length != read.Queries
            || read.Query_owner.Any(owner => owner < 0 || owner >= read.Owners)
            || !string.Equals(read.Dtype, "float32", StringComparison.Ordinal) || !string.Equals(read.Byteorder, "little", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{header} must have n, d, owners and queries above 0, as many query_owner as queries, each below owners, dtype float32 and byteorder little.");
        }

        var vectors = Path.Combine(folder, "vectors.f32");
        var queries = Path.Combine(folder, "queries.f32");
        Expect(vectors, (long)read.N * read.D * sizeof(float));
        Expect(queries, (long)read.Queries * read.D * sizeof(float));
        return new($"{read.Kind} of {folder}", read.N, read.D, read.Owners, read.Query_owner, File.OpenRead(vectors), MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(queries)).ToArray());
    }

    /// <summary>Writes such a folder.</summary>
    public static void Write(string folder, string kind, IEnumerable<ReadOnlyMemory<float>> vectors, IReadOnlyList<ReadOnlyMemory<float>> queries, int owners)
    {
        Directory.CreateDirectory(folder);
        var count = 0;
        using (var file = File.Create(Path.Combine(folder, "vectors.f32")))
        {
            foreach (var vector in vectors)
            {
                file.Write(MemoryMarshal.AsBytes(vector.Span));
                count++;
            }
        }

        File.WriteAllBytes(Path.Combine(folder, "queries.f32"), [.. queries.SelectMany(query => MemoryMarshal.AsBytes(query.Span).ToArray())]);
        File.WriteAllBytes(Path.Combine(folder, "header.json"), JsonSerializer.SerializeToUtf8Bytes(
            new Header(count, queries[0].Length, owners, queries.Count, [.. Enumerable.Range(0, queries.Count).Select(i => i % owners)], "float32", "little", kind), JsonSerializerOptions.Web));
    }

    public float[] Vector(int row)
    {
        var vector = new float[Dimensions];
        RandomAccess.Read(_vectors.SafeFileHandle, MemoryMarshal.AsBytes(vector.AsSpan()), (long)row * Dimensions * sizeof(float));
        return vector;
    }

    public float[] Query(int number) => _queries[(number * Dimensions)..((number + 1) * Dimensions)];

    /// <summary>Finds the nearest rows of each query exactly.</summary>
    /// <param name="count">How many rows there are; the first of the set.</param>
    /// <param name="owned">Whether only the rows of the query's owner count.</param>
    /// <param name="queries">How many queries.</param>
    /// <param name="top">How many rows.</param>
    public int[][] Nearest(int count, bool owned, int queries, int top)
    {
        var best = Enumerable.Range(0, queries).Select(_ => new PriorityQueue<int, float>()).ToArray();
        var asked = Enumerable.Range(0, queries).Select(Query).ToArray();
        foreach (var rows in Enumerable.Range(0, count).Chunk(2_048))
        {
            var vectors = Array.ConvertAll(rows, Vector);
            Parallel.For(0, queries, number =>
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    if (owned && rows[i] % Owners != QueryOwners[number])
                    {
                        continue;
                    }

                    var score = TensorPrimitives.Dot<float>(asked[number], vectors[i]);
                    if (best[number].Count < top)
                    {
                        best[number].Enqueue(rows[i], score);
                    }
                    else if (best[number].TryPeek(out _, out var least) && score > least)
                    {
                        best[number].EnqueueDequeue(rows[i], score);
                    }
                }
            });
        }

        return Array.ConvertAll(best, queue => queue.UnorderedItems.Select(item => item.Element).ToArray());
    }

    public void Dispose() => _vectors.Dispose();

    private static void Expect(string path, long bytes)
    {
        var length = File.Exists(path) ? new FileInfo(path).Length : -1;
        if (length != bytes)
        {
            throw new InvalidDataException(length < 0 ? $"{path} is missing." : $"{path} has {length} bytes; its header says {bytes}.");
        }
    }

    private sealed record Header(int N, int D, int Owners, int Queries, int[] Query_owner, string Dtype, string Byteorder, string Kind);
}
