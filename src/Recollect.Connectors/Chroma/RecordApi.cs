using System.Text.Json;
using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Connectors.Chroma;

/// <summary>Reads and changes the records of collections. One that was removed meanwhile has none, and one that was created again is found again, once.</summary>
/// <remarks>Safe to use concurrently.</remarks>
/// <param name="api">The server.</param>
/// <param name="directory">Its collections.</param>
internal sealed class RecordApi(ChromaApi api, CollectionDirectory directory)
{
    /// <summary>The metadata alone.</summary>
    public static readonly IReadOnlyList<string> Metadata = ["metadatas"];

    /// <summary>What a memory of ours is made of.</summary>
    public static readonly IReadOnlyList<string> Whole = ["metadatas", "uris"];

    /// <summary>What a memory of a bot before is made of.</summary>
    public static readonly IReadOnlyList<string> OfBots = ["metadatas", "documents", "embeddings"];

    private const int PageOfRows = 1_000;

    /// <summary>Gets records.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="filter">Which records.</param>
    /// <param name="include">What of them beside the id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<List<StoredRow>> GetAsync(Collection collection, Action<Utf8JsonWriter> filter, IReadOnlyList<string> include, CancellationToken cancellationToken) =>
        await PostAsync(collection, "get", GetBody(filter, include, limit: null), StoredRow.Read, cancellationToken) ?? [];

    /// <summary>Gets records, however many there are: by their ids where one answer does not hold them.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="filter">Which records.</param>
    /// <param name="include">What of them beside the id.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    public async Task<List<StoredRow>> GetAllAsync(Collection collection, Action<Utf8JsonWriter> filter, IReadOnlyList<string> include, CancellationToken cancellationToken)
    {
        var rows = await PostAsync(collection, "get", GetBody(filter, include, PageOfRows), StoredRow.Read, cancellationToken) ?? [];
        if (rows.Count < PageOfRows)
        {
            return rows;
        }

        rows.Clear();
        foreach (var ids in (await GetIdsAsync(collection, filter, cancellationToken)).Chunk(PageOfRows))
        {
            rows.AddRange(await GetAsync(collection, RecordFilter.Ids(ids), include, cancellationToken));
        }

        return rows;
    }

    /// <summary>Gets the ids of records.</summary>
    public async Task<IEnumerable<string>> GetIdsAsync(Collection collection, Action<Utf8JsonWriter> filter, CancellationToken cancellationToken) =>
        (await GetAsync(collection, filter, [], cancellationToken)).Select(row => row.Id);

    /// <summary>Counts all records.</summary>
    public Task<int> CountAsync(Collection collection, CancellationToken cancellationToken) => OnAsync(
        collection, found => api.GetAsync(PathOf(found, "count"), static json => json.GetInt32(), cancellationToken), cancellationToken);

    /// <summary>Asks the index for the nearest records.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="vector">A vector of its dimensions.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Ids and cosines, nearest first.</returns>
    public async Task<List<(string Id, double Similarity)>> QueryAsync(Collection collection, ReadOnlyMemory<float> vector, int most, CancellationToken cancellationToken)
    {
        var body = ChromaApi.Json(json =>
        {
            json.WriteStartArray("query_embeddings");
            json.WriteVector(vector.Span);
            json.WriteEndArray();
            json.WriteNumber("n_results", most);
            json.WriteTexts("include", ["distances"]);
        });
        return await PostAsync(collection, "query", body, ReadNearest, cancellationToken) ?? [];
    }

    /// <summary>Writes records in place of those of the same ids.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="body">The records.</param>
    /// <param name="cancellationToken">Stops the call; they may have been written all the same.</param>
    /// <exception cref="MemoryStoreException">Also where the collection is gone.</exception>
    public Task UpsertAsync(Collection collection, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        api.PostAsync(PathOf(collection, "upsert"), body, static _ => true, cancellationToken);

    /// <summary>Removes records.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="filter">Which records; never all.</param>
    /// <param name="cancellationToken">Stops the call; they may have been removed all the same.</param>
    public Task DeleteAsync(Collection collection, Action<Utf8JsonWriter> filter, CancellationToken cancellationToken) =>
        PostAsync(collection, "delete", ChromaApi.Json(filter), static _ => string.Empty, cancellationToken);

    private static ReadOnlyMemory<byte> GetBody(Action<Utf8JsonWriter> filter, IReadOnlyList<string> include, int? limit) => ChromaApi.Json(json =>
    {
        filter(json);
        json.WriteTexts("include", include);
        if (limit is { } most)
        {
            json.WriteNumber("limit", most);
        }
    });

    private static List<(string Id, double Similarity)> ReadNearest(JsonElement json) =>
        [.. json.GetProperty("ids")[0].EnumerateArray().Zip(json.GetProperty("distances")[0].EnumerateArray(), static (id, distance) => (JsonText.Of(id), Math.Clamp(1 - distance.GetDouble(), -1, 1)))];

    private string PathOf(Collection collection, string verb) => $"{api.Database}/collections/{collection.Id}/{verb}";

    private Task<T?> PostAsync<T>(Collection collection, string verb, ReadOnlyMemory<byte> body, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        OnAsync(collection, found => api.PostAsync(PathOf(found, verb), body, read, cancellationToken), cancellationToken);

    private async Task<T?> OnAsync<T>(Collection collection, Func<Collection, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(collection);
        }
        catch (MemoryStoreException ex) when (ChromaRefusal.Of(ex) is { IsUnknownCollection: true })
        {
            var again = await directory.FindAgainAsync(collection.Name, cancellationToken);
            return again is null ? default : await call(again);
        }
    }
}
