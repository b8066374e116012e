using System.Collections.Concurrent;
using System.Globalization;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Chroma;

/// <summary>Finds collections by name and remembers them, so that a search need not ask again.</summary>
/// <remarks>Safe to use concurrently.</remarks>
/// <param name="api">The server.</param>
/// <param name="names">Which collections are ours.</param>
internal sealed class CollectionDirectory(ChromaApi api, CollectionNames names)
{
    private const int PageOfCollections = 1_000;

    private readonly ConcurrentDictionary<string, Collection> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _others = new(StringComparer.Ordinal); // names of those for other dimensions, with their circles; few

    private string Path => $"{api.Database}/collections";

    /// <summary>Gets a collection; null where there is none.</summary>
    public async ValueTask<Collection?> FindAsync(string name, CancellationToken cancellationToken) =>
        _known.TryGetValue(name, out var known) && known.Dimension is not null ? known : await FindAgainAsync(name, cancellationToken);

    /// <summary>Asks the server for a collection, whatever is remembered; null where there is none.</summary>
    public async ValueTask<Collection?> FindAgainAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return Remember(await api.GetAsync($"{Path}/{name}", Collection.Read, cancellationToken));
        }
        catch (MemoryStoreException ex) when (ChromaRefusal.Of(ex) is { IsUnknownCollection: true })
        {
            _known.TryRemove(name, out _);
            return null;
        }
    }

    /// <summary>Gets the collection into which vectors of a circle go, and creates it where it is missing.</summary>
    /// <param name="visibility">The circle.</param>
    /// <param name="dimensions">The dimensions of the vectors.</param>
    /// <param name="cancellationToken">Stops before something is created.</param>
    /// <exception cref="MemoryStoreException">It does not measure by cosine, or the server refused.</exception>
    public async ValueTask<Collection> EnsureAsync(Visibility visibility, int dimensions, CancellationToken cancellationToken)
    {
        var name = names.Of(visibility);
        var first = await EnsureAsync(name, visibility, cancellationToken);
        return first.Dimension is null || first.Dimension == dimensions ? first
            : await EnsureAsync(CollectionNames.ForDimension(name, dimensions), visibility, cancellationToken);
    }

    /// <summary>Gets the collections of a circle that are there: one, and those of other dimensions.</summary>
    public async ValueTask<IReadOnlyList<Collection>> OfCircleAsync(Visibility visibility, CancellationToken cancellationToken)
    {
        var name = names.Of(visibility);
        var first = await FindAsync(name, cancellationToken);
        var others = await OthersOfAsync(name, cancellationToken);
        return first is null ? others : [first, .. others];
    }

    /// <summary>Gets the collections of a circle that hold vectors of some dimensions.</summary>
    /// <exception cref="MemoryStoreException">One does not measure by cosine.</exception>
    public async ValueTask<IReadOnlyList<Collection>> OfCircleAsync(Visibility visibility, int dimensions, CancellationToken cancellationToken)
    {
        var name = names.Of(visibility);
        if (await FindAsync(name, cancellationToken) is { Dimension: { } first } && first != dimensions) // another process may have made the one beside it
        {
            await FindAsync(CollectionNames.ForDimension(name, dimensions), cancellationToken);
        }

        return [.. (await OfCircleAsync(visibility, cancellationToken)).Where(collection => collection.Dimension == dimensions).Select(Checked)];
    }

    /// <summary>Asks the server for all of our collections.</summary>
    public async ValueTask<IReadOnlyList<Collection>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Collection>(StringComparer.Ordinal); // a page may repeat what the one before had
        for (var (offset, count) = (0, PageOfCollections); count == PageOfCollections; offset += count)
        {
            var page = await api.GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"{Path}?limit={PageOfCollections}&offset={offset}"),
                static json => json.EnumerateArray().Select(Collection.Read).ToArray(),
                cancellationToken);
            count = page.Length;
            foreach (var collection in page.Where(collection => names.CircleOf(collection.Name) is not null))
            {
                found[collection.Name] = Remember(collection);
            }
        }

        foreach (var gone in _known.Keys.Where(name => !found.ContainsKey(name)))
        {
            _known.TryRemove(gone, out _);
        }

        return [.. found.Values.OrderBy(collection => collection.Name, StringComparer.Ordinal)];
    }

    /// <summary>Removes a collection with all that it holds.</summary>
    public async ValueTask DropAsync(Collection collection, CancellationToken cancellationToken)
    {
        _known.TryRemove(collection.Name, out _);
        try
        {
            await api.DeleteAsync($"{Path}/{collection.Name}", cancellationToken);
        }
        catch (MemoryStoreException ex) when (ChromaRefusal.Of(ex) is { IsUnknownCollection: true })
        {
            // it is gone
        }
    }

    /// <summary>Says that a collection is no longer as it is remembered.</summary>
    public void Forget(Collection collection) => _known.TryRemove(collection.Name, out _);

    private async ValueTask<List<Collection>> OthersOfAsync(string name, CancellationToken cancellationToken)
    {
        var others = new List<Collection>();
        foreach (var (other, circle) in _others)
        {
            if (string.Equals(circle, name, StringComparison.Ordinal) && await FindAsync(other, cancellationToken) is { } found)
            {
                others.Add(found);
            }
        }

        return others;
    }

    private async ValueTask<Collection> EnsureAsync(string name, Visibility visibility, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is { } found)
        {
            return Checked(found);
        }

        var body = ChromaApi.Json(json =>
        {
            json.WriteString("name", name);
            json.WriteBoolean("get_or_create", value: true);
            json.WriteStartObject("metadata");
            json.WriteString(Collection.SpaceKey, Collection.Cosine);
            if (names.UserOf(name) is null)
            {
                json.WriteString(Collection.TenantKey, visibility.Tenant);
                json.WriteString("recollect_scope", visibility.Scope);
                json.WriteString("recollect_user", visibility.User ?? string.Empty);
            }

            json.WriteEndObject();
        });
        var created = await api.PostAsync(Path, body, Collection.Read, cancellationToken);
        return Checked(Remember(created));
    }

    private Collection Remember(Collection collection)
    {
        if (names.CircleOf(collection.Name) is { } circle && !string.Equals(circle, collection.Name, StringComparison.Ordinal))
        {
            _others[collection.Name] = circle;
        }

        return _known[collection.Name] = collection;
    }

    private Collection Checked(Collection collection) => collection.IsCosine ? collection : throw api.Failures.OfSpace(collection);
}
