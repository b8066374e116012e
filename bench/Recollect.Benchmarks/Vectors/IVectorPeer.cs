namespace Recollect.Benchmarks.Vectors;

/// <summary>Something that keeps vectors of owners and finds the nearest.</summary>
internal interface IVectorPeer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Gets how many bytes it may be asked to keep as 32-bit floats within a sensible time; more is skipped.</summary>
    long MostBytes { get; }

    /// <summary>Keeps the first rows of a set. <paramref name="owned"/>: row i under owner i modulo the set's owners; else all under one.</summary>
    Task BuildAsync(VectorSet set, int count, bool owned, CancellationToken cancellationToken);

    /// <summary>Finds the ten nearest rows of the owner.</summary>
    Task<int[]> SearchAsync(float[] query, int owner, CancellationToken cancellationToken);

    long BytesOnDisk();

    /// <summary>Gets the resident memory of the process that keeps the vectors.</summary>
    long ResidentBytes();

    /// <summary>Gets how many bytes a search reads at the least, where it reads all of some kind; 0 where it follows a graph.</summary>
    long BytesScanned(int rows, int dimensions);
}
