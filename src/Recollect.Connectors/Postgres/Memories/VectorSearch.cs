using System.Globalization;
using System.Numerics.Tensors;
using Npgsql;
using NpgsqlTypes;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Finds the memories that are nearest to a vector among those of one circle: on the server where it has pgvector, else here.</summary>
internal static class VectorSearch
{
    /// <summary>What fetches the vectors of one dimension of a circle.</summary>
    public const string Fetch =
        """
        SELECT m.id, c.first_message, c.last_message, array_send(c.vector)
        FROM recollect.chunks AS c JOIN recollect.memories AS m ON m.key = c.memory_key AND m.visibility = $1
        WHERE c.visibility = $1 AND c.dimensions = $2
        """;

    /// <summary>Fetches the circle's vectors and compares them here, exactly.</summary>
    public static async ValueTask<IReadOnlyList<VectorMatch>> ScanAsync(
        NpgsqlConnection connection, Guid visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Fetch, connection)
        {
            Parameters = { new() { Value = visibility }, new() { Value = vector.Length } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (bytes, stored) = (new byte[ArrayBytes.Size(vector.Length)], new float[vector.Length]);
        var nearest = new Dictionary<string, VectorMatch>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            reader.GetBytes(3, 0, bytes, 0, bytes.Length);
            ArrayBytes.Read(bytes, stored);
            var similarity = Math.Clamp(TensorPrimitives.Dot(vector.Span, stored), -1f, 1f);
            var id = reader.Text(0);
            var match = new VectorMatch(id, similarity, reader.GetInt32(1), reader.GetInt32(2));
            if (!nearest.TryGetValue(id, out var other) || (match.Similarity, -match.FirstMessage).CompareTo((other.Similarity, -other.FirstMessage)) > 0)
            {
                nearest[id] = match;
            }
        }

        return [.. nearest.Values.OrderByDescending(match => match.Similarity).ThenBy(match => match.MemoryId, StringComparer.Ordinal).Take(top)];
    }

    /// <summary>Lets pgvector compare the circle's vectors, exactly.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="schema">The schema that pgvector lies in, quoted.</param>
    /// <param name="visibility">The circle.</param>
    /// <param name="vector">The query.</param>
    /// <param name="top">How many memories at the most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async ValueTask<IReadOnlyList<VectorMatch>> AskAsync(
        NpgsqlConnection connection, string schema, Guid visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Exact(schema, vector.Length), connection)
        {
            Parameters =
            {
                new() { Value = visibility },
                new() { Value = vector.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Real },
                new() { Value = top },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await MatchesAsync(reader, cancellationToken);
    }

    /// <summary>Asks the approximate index of the circle.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="schema">The schema that pgvector lies in, quoted.</param>
    /// <param name="visibility">The circle.</param>
    /// <param name="vector">The query.</param>
    /// <param name="top">How many memories at the most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Fewer than asked for where the nearest vectors are those of few memories.</returns>
    public static async ValueTask<IReadOnlyList<VectorMatch>> AskIndexAsync(
        NpgsqlConnection connection, string schema, Guid visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add(string.Create(CultureInfo.InvariantCulture, $"SET LOCAL hnsw.ef_search = {VectorIndex.MostNeighbours}"));
        batch.Add(VectorIndex.Search(schema, visibility, vector.Length)).With((ReadOnlyMemory<float>?)vector).With(VectorIndex.MostNeighbours).With(top);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await MatchesAsync(reader, cancellationToken);
    }

    private static async ValueTask<IReadOnlyList<VectorMatch>> MatchesAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var matches = new List<VectorMatch>();
        while (await reader.ReadAsync(cancellationToken))
        {
            matches.Add(new(reader.Text(0), Math.Clamp(reader.GetDouble(1), -1, 1), reader.GetInt32(2), reader.GetInt32(3)));
        }

        return matches;
    }

    private static string Exact(string schema, int dimensions) => string.Create(CultureInfo.InvariantCulture, $"""
        WITH near AS (
            SELECT DISTINCT ON (memory_key) memory_key, first_message, last_message,
                -(vector::{schema}.vector({dimensions}) OPERATOR({schema}.<#>) $2::{schema}.vector({dimensions})) AS similarity
            FROM recollect.chunks WHERE visibility = $1 AND dimensions = {dimensions}
            ORDER BY memory_key, similarity DESC, first_message)
        SELECT m.id, n.similarity, n.first_message, n.last_message FROM near AS n JOIN recollect.memories AS m ON m.key = n.memory_key AND m.visibility = $1
        ORDER BY n.similarity DESC, m.id LIMIT $3
        """);
}
