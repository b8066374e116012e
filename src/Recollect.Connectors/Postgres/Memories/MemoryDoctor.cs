using System.Globalization;
using Npgsql;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Says what <c>doctor</c> says of the store.</summary>
/// <param name="database">The database.</param>
/// <param name="vectors">How vectors are compared.</param>
internal sealed class MemoryDoctor(PostgresDatabase database, VectorExtension vectors)
{
    private const string Dimensions = "SELECT dimensions, count(*) FROM recollect.chunks GROUP BY dimensions ORDER BY count(*) DESC, dimensions";

    private static readonly string LargeCircles = string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT visibility, dimensions FROM recollect.chunks GROUP BY visibility, dimensions HAVING count(*) >= {VectorIndex.LargeCircle} AND dimensions <= {VectorIndex.MostDimensions} ORDER BY 1, 2");

    /// <summary>Examines a database whose schema is up to date.</summary>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var state = await vectors.StateAsync(cancellationToken);
        var memories = await database.ReadAsync(MemoryCounts.ReadAsync, cancellationToken);
        var dimensions = await database.ReadAsync(DimensionsAsync, cancellationToken);
        var how = state.Schema is null ? "fetched and compared here (no pgvector)" : "compared on the server (pgvector)";
        List<string> advice = [];
        if (state.Schema is { } schema)
        {
            var missing = (await database.ReadAsync(LargeAsync, cancellationToken)).Where(circle => !state.Indexes.Contains(VectorIndex.NameOf(circle.Visibility, circle.Dimensions)));
            advice.AddRange(missing.Select(circle => $"A circle has more than {VectorIndex.LargeCircle} vectors. To search it faster, and no longer exactly: {VectorIndex.Create(schema, circle.Visibility, circle.Dimensions)}"));
        }
        else
        {
            advice.Add(state.IsWithheld
                ? "Searches of large circles get faster when an administrator runs CREATE EXTENSION vector in this database."
                : "Searches of large circles get faster with pgvector: install it on the server and run CREATE EXTENSION vector in this database.");
        }

        if (dimensions.Count > 1)
        {
            advice.Add($"Vectors of several dimensions are stored ({string.Join(", ", dimensions)}); a search sees those of the embedder's only. Run `recollect backfill` to make the others anew.");
        }

        return new(
            Healthy: true,
            string.Create(CultureInfo.InvariantCulture, $"{database.Server} holds {memories.Memories} memories and {memories.Chunks} vectors, which are {how}"),
            advice.Count == 0 ? null : string.Join(' ', advice));
    }

    private static ValueTask<List<string>> DimensionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.ListAsync(
        Dimensions, [], static row => string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(1)} of {row.GetInt32(0)}"), cancellationToken);

    private static ValueTask<List<(Guid Visibility, int Dimensions)>> LargeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ListAsync(LargeCircles, [], static row => (row.GetGuid(0), row.GetInt32(1)), cancellationToken);
}
