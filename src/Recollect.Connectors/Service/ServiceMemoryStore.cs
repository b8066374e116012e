using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Service;

/// <summary>Hands memories to the service, which makes their vectors and keeps them in its own store.</summary>
/// <remarks>
/// It does what a worker needs: asking for headers, storing and removing. Memories are not read back (<see cref="GetAsync"/>
/// finds none), and search, export, counting and forgetting are refused: they belong to the service.
/// </remarks>
/// <param name="api">Calls the service.</param>
internal sealed class ServiceMemoryStore(ServiceApi api) : IMemoryStore
{
    private const string Refusal = "The store service only takes what a worker makes. Ask the service itself: over its own routes, or with the command where it runs.";

    /// <inheritdoc/>
    public string Name => ServiceServices.PartName;

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryHeader>> GetHeadersAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        var body = new JsonObject { ["threads"] = new JsonArray([.. threads.Select(JsonOf)]) };
        return threads.Count == 0 ? [] : (await PostAsync("/headers", body, ServiceJson.Readable.HeadersAnswer, cancellationToken)).Headers;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<MemoryHeader> GetHeadersOfSourceAsync(string source, CancellationToken cancellationToken) => throw Refused();

    /// <summary>Finds nothing: whoever asks makes a memory anew.</summary>
    /// <param name="ids">Ids of memories.</param>
    /// <param name="cancellationToken">Is not used.</param>
    public ValueTask<IReadOnlyList<MemoryRecord>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<MemoryRecord>>([]);

    /// <inheritdoc/>
    public async ValueTask UpsertAsync(MemoryRecord record, IReadOnlyCollection<string> superseded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(superseded);
        var memory = record.Memory;
        var body = new JsonObject
        {
            ["conversation_id"] = memory.Thread.Thread,
            ["messages"] = memory.MessageIds.Count,
            ["fingerprint"] = JsonSerializer.SerializeToNode(memory.Fingerprint, ServiceJson.Readable.Fingerprint),
            ["summary"] = memory.Summary,
            ["content"] = memory.Content,
            ["data"] = memory.Data,
            ["topics"] = ServiceJson.Texts(memory.Topics),
            ["facts"] = JsonSerializer.SerializeToNode(memory.Facts, ServiceJson.Readable.IReadOnlyListFact),
            ["citations"] = JsonSerializer.SerializeToNode(memory.Citations, ServiceJson.Readable.IReadOnlyListCitation),
        };
        var stored = await PostAsync("/memories", body, ServiceJson.Readable.StoredAnswer, cancellationToken);
        if (!string.Equals(stored.Id, memory.Id, StringComparison.Ordinal))
        {
            throw new MemoryStoreException("The service stored a memory under another id than the worker gave it. Run the same version of Recollect on both sides.");
        }

        if (superseded.Count > 0)
        {
            await DeleteAsync(superseded, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count == 0 ? 0 : (await PostAsync("/memories/remove", new() { ["ids"] = ServiceJson.Texts(ids) }, ServiceJson.Readable.RemovedAnswer, cancellationToken)).Removed;
    }

    /// <inheritdoc/>
    public ValueTask<ForgetCounts> ForgetAsync(string tenant, string user, CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(Visibility visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemorySummary>> ListAsync(Visibility visibility, MemoryPlace? after, int top, CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public IAsyncEnumerable<MemoryRecord> ExportAsync(CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => api.DiagnoseAsync(cancellationToken);

    private static MemoryStoreException Refused() => new(Refusal);

    private static JsonNode JsonOf(ThreadKey key) => new JsonObject
    {
        ["source"] = key.Source,
        ["tenant"] = key.Owner.Tenant,
        ["user"] = key.Owner.User,
        ["scope"] = key.Owner.Scope,
        ["thread"] = key.Thread,
        ["workspace"] = key.Workspace,
        ["session"] = key.Session,
    };

    private async ValueTask<TAnswer> PostAsync<TAnswer>(string route, JsonObject body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class
    {
        try
        {
            return await api.PostAsync(route, body, type, cancellationToken);
        }
        catch (SourceException ex)
        {
            throw new MemoryStoreException(ex.Message, ex.IsTransient, ex.InnerException);
        }
    }
}
