using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>
/// Sorts any number of messages by thread partition and <see cref="MessageOrder"/> in bounded memory: what does not
/// fit is spooled to sorted files, which are merged while they are read.
/// </summary>
/// <remarks>Not safe for concurrent use. Disposal deletes the spool.</remarks>
internal sealed class ThreadSorter(string spoolFolder, long memoryBytes) : IDisposable
{
    private readonly ThreadGroups _inMemory = new();
    private readonly List<SpoolFile> _spool = [];

    public void Add(SourceMessage item)
    {
        _inMemory.Add(item);
        if (_inMemory.Bytes > memoryBytes)
        {
            Spill();
        }
    }

    /// <summary>Gets the partitions one after the other; each must be read before the next.</summary>
    public IEnumerable<ThreadMessages> Threads()
    {
        if (_spool.Count == 0)
        {
            return _inMemory.InOrder();
        }

        Spill();
        return Merge();
    }

    public void Dispose()
    {
        foreach (var file in _spool)
        {
            file.Dispose();
        }
    }

    private void Spill()
    {
        var file = SpoolFile.Create(Path.Combine(spoolFolder, $"{_spool.Count}.spool"));
        _spool.Add(file);
        file.Write(_inMemory.InOrder());
        _inMemory.Clear();
    }

    private IEnumerable<ThreadMessages> Merge()
    {
        var readers = _spool.Select(file => file.OpenReader()).ToList();
        try
        {
            readers.RemoveAll(reader => !reader.MoveToFirst());
            while (readers.Count > 0)
            {
                var id = readers.Select(reader => reader.Thread.Key.Id).Min(StringComparer.Ordinal)!;
                var heads = readers.Where(reader => string.Equals(reader.Thread.Key.Id, id, StringComparison.Ordinal)).ToList();
                var thread = heads.Select(reader => reader.Thread).Aggregate(ThreadGroups.Newer);
                yield return new(thread, MergeMessages(heads, id));
                readers.RemoveAll(reader => reader.AtEnd);
            }
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private static IEnumerable<Message> MergeMessages(List<SpoolReader> heads, string threadId)
    {
        var queue = new PriorityQueue<SpoolReader, Message>(MessageOrder.Instance);
        heads.ForEach(reader => queue.Enqueue(reader, reader.Message));
        while (queue.TryDequeue(out var reader, out var message))
        {
            yield return message;
            if (reader.MoveNext() && string.Equals(reader.Thread.Key.Id, threadId, StringComparison.Ordinal))
            {
                queue.Enqueue(reader, reader.Message);
            }
        }
    }
}
