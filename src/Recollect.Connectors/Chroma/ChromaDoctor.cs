using System.Globalization;
using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Connectors.Chroma;

/// <summary>Checks server, tenant, database and collections, and changes nothing.</summary>
/// <param name="api">The server.</param>
/// <param name="directory">Its collections.</param>
/// <param name="records">Their records.</param>
/// <param name="names">Which collections are ours.</param>
/// <param name="options">How it should be.</param>
internal sealed class ChromaDoctor(ChromaApi api, CollectionDirectory directory, RecordApi records, CollectionNames names, ChromaOptions options)
{
    /// <summary>Checks that the server can be used.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="MemoryStoreException">It cannot.</exception>
    public async ValueTask<string> CheckAsync(CancellationToken cancellationToken)
    {
        var version = await VersionAsync(cancellationToken);
        await api.GetAsync(api.Tenant, static json => json.GetProperty("name").ValueKind, cancellationToken);
        await api.GetAsync(api.Database, static json => json.GetProperty("name").ValueKind, cancellationToken);
        return version;
    }

    /// <summary>Checks everything.</summary>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await CheckAsync(cancellationToken);
            var collections = await directory.ListAsync(cancellationToken);
            return OfSpaces(collections)
                ?? await OfDimensionsAsync(collections, cancellationToken)
                ?? new(Healthy: true, string.Create(CultureInfo.InvariantCulture, $"{api.Failures.Server} ({version}) keeps memories in {collections.Count} collections of \"{options.Database}\" whose names begin with \"{options.CollectionPrefix}\""));
        }
        catch (MemoryStoreException ex)
        {
            return new(Healthy: false, ex.Message, $"Mend it in {ChromaOptions.SectionName} or at the server, then run \"recollect doctor\" again.");
        }
    }

    private async ValueTask<string> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync("/version", static json => Shown(JsonText.Of(json)), cancellationToken);
        }
        catch (MemoryStoreException ex) when (ChromaRefusal.Of(ex) is { Status: 404 or 405 or 410 or 501 })
        {
            throw new MemoryStoreException($"{api.Failures.Server} does not know the API v2, as servers before 1.0 do not; those with the API v1 alone cannot be used. Upgrade it (its data is taken over), or correct {ChromaOptions.SectionName}:Url.", isTransient: false, ex);
        }
    }

    private static string Shown(string version) => string.Concat(version.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-').Take(40));

    private static Diagnosis? OfSpaces(IReadOnlyList<Collection> collections)
    {
        var wrong = collections.Where(collection => !collection.IsCosine).ToList();
        return wrong.Count == 0 ? null : new(
            Healthy: false,
            string.Create(CultureInfo.InvariantCulture, $"{wrong.Count} collections do not measure by cosine, \"{wrong[0].Name}\" by \"{wrong[0].Space}\"; nothing is stored in them or recalled from them"),
            ChromaFailures.HowToMendSpace(wrong[0]));
    }

    /// <summary>Finds chats that have memories of several dimensions: an embedder finds those of its own alone.</summary>
    private async ValueTask<Diagnosis?> OfDimensionsAsync(IReadOnlyList<Collection> collections, CancellationToken cancellationToken)
    {
        var split = collections.GroupBy(collection => names.CircleOf(collection.Name)!, StringComparer.Ordinal).Where(circle => circle.Skip(1).Any());
        foreach (var circle in split)
        {
            var filled = new List<Collection>();
            foreach (var collection in circle)
            {
                if (await records.CountAsync(collection, cancellationToken) > 0)
                {
                    filled.Add(collection);
                }
            }

            if (filled.Count > 1)
            {
                var dimensions = string.Join(" and ", filled.Select(collection => collection.Dimension?.ToString(CultureInfo.InvariantCulture)));
                return new(
                    Healthy: false,
                    $"The collection \"{circle.Key}\" and others of its memories have vectors of different dimensions ({dimensions}); recall compares those of the embedder's alone",
                    "Set Embedding to the model that made the older ones, or let \"recollect backfill\" make them anew; records that a bot before wrote stay as they are, and are found by its model only.");
            }
        }

        return null;
    }
}
