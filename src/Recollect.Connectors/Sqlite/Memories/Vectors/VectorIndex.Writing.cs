namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>What changes the files, under the lock of the folder.</summary>
internal sealed partial class VectorIndex
{
    /// <summary>Removes from every file what the database does not have any more. Under the lock of the folder.</summary>
    /// <param name="session">The session, which sees the newest state.</param>
    public void Scrub(SqliteSession session)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(_folder, "*" + New))
        {
            File.Delete(path);
        }

        session.Script("BEGIN"); // one state for all
        foreach (var path in Directory.GetFiles(_folder, "*.vectors"))
        {
            Scrub(session, path);
        }

        session.Script("COMMIT");
    }

    private long CatchUp(SqliteSession session, long id, int dimension, CancellationToken cancellationToken)
    {
        if (Partitions.Find(session, id) is not { } partition)
        {
            return 0;
        }

        var path = PathOf(id, dimension);
        using (var file = OpenTrusted(session, partition, dimension))
        {
            if (file is null || IsWorn(file, file.Removed(session, partition)))
            {
                Rewrite(session, partition, dimension, file, path);
            }
        }

        using var current = VectorFile.Open(path) ?? throw new IOException($"{path} cannot be read.");
        return partition.LastChunk == current.Last ? current.Last : Append(session, partition, current, path, cancellationToken);
    }

    // Opened without being held: nobody else disposes it.
    private VectorFile? OpenTrusted(SqliteSession session, Partition partition, int dimension)
    {
        lock (_lock)
        {
            if (_distrusted.Remove((partition.Id, dimension)))
            {
                return null;
            }
        }

        var file = VectorFile.Open(PathOf(partition.Id, dimension));
        if (file is not null && (file.Dimension != dimension || file.Version > partition.Version || !IsOf(session, partition.Id, file)))
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    private void Rewrite(SqliteSession session, Partition partition, int dimension, VectorFile? old, string path)
    {
        var head = VectorFormat.Head.Of(Identity(session), partition, dimension, session.Query("SELECT max(seq) FROM journal").Number() ?? 0);
        using (var writer = VectorFileWriter.Create(path + New, head, old?.Rows ?? 0, Step))
        {
            if (old is not null)
            {
                Copy(old, old.Removed(session, partition), writer);
            }

            writer.Commit(old?.Last ?? 0, partition.Version);
        }

        old?.Dispose(); // some systems do not replace what is mapped
        Close((partition.Id, dimension));
        Step();
        if (File.Exists(path))
        {
            VectorFileWriter.Retire(path);
        }

        Step();
        File.Move(path + New, path, overwrite: true);
    }

    private static void Copy(VectorFile from, RemovedRows removed, VectorFileWriter to)
    {
        foreach (var block in from.Blocks)
        {
            for (var row = 0; row < block.Rows; row++)
            {
                if (!removed.Has(block.First + row))
                {
                    to.Add(from.Keys(block)[row], from.Code(block, row), from.Signs(block).Slice(row * SignCode.Bytes, SignCode.Bytes));
                }
            }
        }
    }

    private long Append(SqliteSession session, Partition partition, VectorFile file, string path, CancellationToken cancellationToken)
    {
        using var writer = VectorFileWriter.Continue(path, file.Head, partition.LastChunk - file.Last, Step);
        var (dimension, last, read) = (file.Dimension, file.Last, 0);
        var vector = new float[dimension];
        Span<byte> signs = stackalloc byte[SignCode.Bytes];
        using var row = session.Query(ChunkSearch.SelectCodes).With(ChunkKey.First(partition.Id) + last + 1).With(ChunkKey.Last(partition.Id));
        for (; read < MostAtOnce && row.Read() && !(read % CancelEvery == 0 && cancellationToken.IsCancellationRequested); read++)
        {
            last = ChunkKey.Number(row.Number(0));
            var code = row.Bytes(2);
            if (code.Length == QuantizedVector.Size(dimension))
            {
                QuantizedVector.Decode(code, vector);
                SignCode.Encode(vector, signs);
                writer.Add(new(last, row.Number(1)), code, signs);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        last = read < MostAtOnce ? partition.LastChunk : last;
        writer.Commit(last, partition.Version);
        return last;
    }

    private void Scrub(SqliteSession session, string path)
    {
        using var file = VectorFile.Open(path);
        var partition = file is null ? null : Partitions.Find(session, file.Head.Partition);
        if (file is not null)
        {
            Close((file.Head.Partition, file.Dimension));
        }

        if (file is null || partition is not { } known || !IsOf(session, known.Id, file) || !string.Equals(path, PathOf(known.Id, file.Dimension), StringComparison.Ordinal))
        {
            file?.Dispose();
            Retire(path);
            File.Delete(path);
        }
        else if (file.Removed(session, known).Count > 0 || new FileInfo(path).Length > file.Length)
        {
            Rewrite(session, known, file.Dimension, file, path);
        }
    }

    private static void Retire(string path)
    {
        if (new FileInfo(path).Length > VectorFormat.Start)
        {
            VectorFileWriter.Retire(path);
        }
    }
}
