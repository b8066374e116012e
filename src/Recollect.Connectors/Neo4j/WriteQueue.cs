using System.Text.Json;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Neo4j;

/// <summary>Stores memories in few requests: those that come while one is under way go together in the next.</summary>
/// <remarks>Safe to use concurrently. A memory that the server refuses fails alone: the others of its request are sent again one by one.</remarks>
/// <param name="api">The server.</param>
internal sealed class WriteQueue(QueryApi api) : IDisposable
{
    /// <summary>How many memories go into one request at the most.</summary>
    public const int MaxRows = 100;

    private const int MaxBytes = 8 * 1024 * 1024; // but one memory may be larger

    private readonly Lock _lock = new();
    private readonly Queue<PendingWrite> _waiting = [];
    private readonly CancellationTokenSource _stopping = new();
    private bool _isSending;
    private int _isDisposed;

    /// <summary>Stores a memory.</summary>
    /// <param name="write">The memory.</param>
    /// <param name="cancellationToken">Takes it back as long as it is not in a request; after that its end is waited for.</param>
    public async Task StoreAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _waiting.Enqueue(write);
            if (!_isSending)
            {
                _isSending = true;
                _ = Task.Run(SendAllAsync, CancellationToken.None);
            }
        }

        await write.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private async Task SendAllAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            await SendAsync(batch);
        }
    }

    /// <summary>Takes what goes into the next request: in the order in which it came, and nothing that touches the same memories.</summary>
    private List<PendingWrite> Take()
    {
        lock (_lock)
        {
            var (batch, bytes, touched) = (new List<PendingWrite>(), 0L, new HashSet<string>(StringComparer.Ordinal));
            while (_waiting.TryPeek(out var next) && batch.Count < MaxRows && (batch.Count == 0 || bytes + next.Row.Length <= MaxBytes) && !touched.Overlaps(next.Touches))
            {
                _waiting.Dequeue();
                if (next.TryTake())
                {
                    batch.Add(next);
                    bytes += next.Row.Length;
                    touched.UnionWith(next.Touches);
                }
            }

            _isSending = batch.Count > 0; // an empty one ends the sending
            return batch;
        }
    }

    private async Task SendAsync(List<PendingWrite> batch)
    {
        try
        {
            await api.RunAsync(QueryBody.Of(Cypher.Upsert, json => WriteRows(json, batch), isRead: false), static _ => true, _stopping.Token);
        }
        catch (MemoryStoreException ex) when (!ex.IsTransient && batch.Count > 1) // the fault of one of them
        {
            foreach (var write in batch)
            {
                await SendAsync([write]);
            }

            return;
        }
        catch (Exception ex) when (ex is not OutOfMemoryException) // whoever waits for it gets it
        {
            foreach (var write in batch)
            {
                write.Fail(ex);
            }

            return;
        }

        foreach (var write in batch)
        {
            write.Succeed();
        }
    }

    private static void WriteRows(Utf8JsonWriter json, List<PendingWrite> batch)
    {
        json.WriteStartArray("rows");
        foreach (var write in batch)
        {
            json.WriteRawValue(write.Row.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
    }
}
