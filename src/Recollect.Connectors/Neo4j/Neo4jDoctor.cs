using System.Globalization;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Neo4j;

/// <summary>Checks connection, version, constraint and indexes, and changes nothing.</summary>
/// <param name="api">The server.</param>
/// <param name="schema">Its schema.</param>
/// <param name="options">How it should be.</param>
internal sealed class Neo4jDoctor(QueryApi api, Neo4jSchema schema, Neo4jOptions options)
{
    private const string Create = "The next run creates constraint and indexes.";

    /// <summary>Checks everything.</summary>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (version, edition) = await schema.VersionAsync(cancellationToken);
            var indexes = await schema.IndexesAsync(cancellationToken);
            return await OfSessionsAsync(indexes, cancellationToken)
                ?? OfIndexes(indexes)
                ?? await OfDimensionsAsync(cancellationToken)
                ?? new(Healthy: true, string.Create(CultureInfo.InvariantCulture, $"{api.Failures.Server} ({version} {edition}) keeps memories in \"{options.Database}\"; constraint and indexes are in use, the vector index \"{options.IndexName}\" with {options.Dimensions} dimensions and cosine"));
        }
        catch (MemoryStoreException ex)
        {
            return new(Healthy: false, ex.Message, $"Mend it in {Neo4jOptions.SectionName} or at the server, then run \"recollect doctor\" again.");
        }
    }

    private async ValueTask<Diagnosis?> OfSessionsAsync(List<IndexState> indexes, CancellationToken cancellationToken) =>
        indexes.Exists(index => index.IsSessionConstraint) ? null
            : await schema.WhatIsWrongWithSessionsAsync(cancellationToken) is { } wrong ? new(Healthy: false, "The constraint on :Memory(source_session) cannot be created", wrong)
            : new(Healthy: true, string.Create(CultureInfo.InvariantCulture, $"{api.Failures.Server} answers, and the database \"{options.Database}\" has no constraint on :Memory(source_session) yet"), Create);

    private Diagnosis? OfIndexes(List<IndexState> indexes)
    {
        var vectors = indexes.Find(index => index.IsOfVectors);
        return vectors is null ? new(Healthy: true, $"{api.Failures.Server} answers, and the vector index \"{options.IndexName}\" is not there yet", Create)
            : schema.WhatIsWrongWith(vectors) is { } wrong ? new(Healthy: false, "The vector index does not fit", wrong)
            : indexes.Find(index => index.Properties.Count > 0 && !index.IsOnline) is { } index ? new(Healthy: false, $"The index \"{index.Name}\" is {index.State}", index.IsFailed ? $"Run {Cypher.DropIndex(index.Name)}; the next run creates it again." : "Wait until it is filled.")
            : null;
    }

    private async ValueTask<Diagnosis?> OfDimensionsAsync(CancellationToken cancellationToken)
    {
        var counts = await api.ReadAsync(Cypher.OfOtherDimensions, json => json.WriteNumber("dimensions", options.Dimensions), static row => row.Number("memories"), cancellationToken);
        return counts is [var count] && count > 0
            ? new(Healthy: false, string.Create(CultureInfo.InvariantCulture, $"{count} memories have vectors of other dimensions than {options.Dimensions}, or none"), $"Set {Neo4jOptions.SectionName}:Dimensions to the embedder's; \"recollect backfill\" makes anew what another embedder made.")
            : null;
    }
}
