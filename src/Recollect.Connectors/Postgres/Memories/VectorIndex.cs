using System.Globalization;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>The approximate index (HNSW) that a very large circle may have: over its own vectors of one dimension and nobody else's, so that nothing is left to filter.</summary>
internal static class VectorIndex
{
    /// <summary>How many vectors a circle has when an index is worth it; below that comparing all of them is fast, and exact.</summary>
    public const int LargeCircle = 50_000;

    /// <summary>The most dimensions that pgvector can index.</summary>
    public const int MostDimensions = 2_000;

    /// <summary>The most vectors that one search can ask it for.</summary>
    public const int MostNeighbours = 1_000;

    /// <summary>Finds the indexes that can be used.</summary>
    public const string Find =
        """
        SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
        WHERE i.indrelid = 'recollect.chunks'::regclass AND i.indisvalid AND c.relname LIKE 'chunks\_near\_%'
        """;

    /// <summary>Gets the name of a circle's index.</summary>
    public static string NameOf(Guid visibility, int dimensions) => string.Create(CultureInfo.InvariantCulture, $"chunks_near_{visibility:N}_{dimensions}");

    /// <summary>Gets the statement that makes it while others read and write.</summary>
    /// <param name="schema">The schema that pgvector lies in, quoted.</param>
    /// <param name="visibility">The circle.</param>
    /// <param name="dimensions">The dimension.</param>
    public static string Create(string schema, Guid visibility, int dimensions) =>
        $"CREATE INDEX CONCURRENTLY {NameOf(visibility, dimensions)} ON recollect.chunks USING hnsw (({Vector(schema, dimensions)}) {schema}.vector_cosine_ops) WHERE {Which(visibility, dimensions)};";

    /// <summary>Gets the search that it answers: the nearest vectors, then the best of each memory.</summary>
    /// <param name="schema">The schema that pgvector lies in, quoted.</param>
    /// <param name="visibility">The circle.</param>
    /// <param name="dimensions">The dimension.</param>
    public static string Search(string schema, Guid visibility, int dimensions) =>
        $"""
        WITH near AS MATERIALIZED (
            SELECT memory_key, first_message, last_message, {Vector(schema, dimensions)} OPERATOR({schema}.<=>) $1::{TypeOf(schema, dimensions)} AS distance
            FROM recollect.chunks WHERE {Which(visibility, dimensions)} ORDER BY distance LIMIT $2),
        best AS (SELECT DISTINCT ON (memory_key) * FROM near ORDER BY memory_key, distance, first_message)
        SELECT m.id, 1 - b.distance, b.first_message, b.last_message FROM best AS b JOIN recollect.memories AS m ON m.key = b.memory_key
        ORDER BY b.distance, m.id LIMIT $3
        """;

    private static string Vector(string schema, int dimensions) => $"vector::{TypeOf(schema, dimensions)}";

    private static string TypeOf(string schema, int dimensions) => string.Create(CultureInfo.InvariantCulture, $"{schema}.vector({dimensions})");

    private static string Which(Guid visibility, int dimensions) => string.Create(CultureInfo.InvariantCulture, $"visibility = '{visibility}' AND dimensions = {dimensions}");
}
