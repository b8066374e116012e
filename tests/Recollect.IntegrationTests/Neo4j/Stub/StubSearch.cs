using System.Text.Json;

namespace Recollect.IntegrationTests.Neo4j.Stub;

/// <summary>Finds the nearest nodes as the search statements do, with the server's scale and precision.</summary>
internal static class StubSearch
{
    public static (string[] Fields, object?[][] Rows) Run(IEnumerable<StubNode> nodes, JsonElement parameters)
    {
        var dimensions = parameters.GetProperty("dimensions").GetInt32();
        double[] query = [.. parameters.GetProperty("vector").EnumerateArray().Select(value => value.GetDouble())];
        var user = parameters.TryGetProperty("user", out var given) ? given.GetString() : null;
        var found = nodes
            .Where(node => node.Is("scope", parameters.GetProperty("scope").GetString()) && node.Is("recollect_tenant", parameters.GetProperty("tenant").GetString()))
            .Where(node => user is null || node.Is("user_id", user))
            .Where(node => node.Has("recollect_dimensions") && node.Number("recollect_dimensions") == dimensions && node["recollect_chunks"].GetArrayLength() > 0)
            .Select(node => (Id: node.Text("recollect_id"), Best: Best(node, query, dimensions)))
            .OrderByDescending(match => match.Best.Similarity)
            .ThenBy(match => match.Id, StringComparer.Ordinal)
            .Take(parameters.GetProperty("top").GetInt32());
        return (["id", "similarity", "first", "last"], [.. found.Select(match => new object?[] { match.Id, match.Best.Similarity, match.Best.First, match.Best.Last })]);
    }

    private static (double Similarity, int First, int Last) Best(StubNode node, double[] query, int dimensions)
    {
        int[] chunks = [.. node["recollect_chunks"].EnumerateArray().Select(number => number.GetInt32())];
        var vectors = node.Vector(node.Has("recollect_vectors") ? "recollect_vectors" : "embedding");
        return Enumerable.Range(0, chunks.Length / 3)
            .Select(at => (Similarity: (2.0 * Cosine(vectors[(at * dimensions)..((at + 1) * dimensions)], query)) - 1.0, First: chunks[(3 * at) + 1], Last: chunks[(3 * at) + 2]))
            .MaxBy(chunk => chunk.Similarity);
    }

    /// <summary>Gets (1 + cosine) / 2, as <c>vector.similarity.cosine</c> does.</summary>
    private static double Cosine(double[] x, double[] y)
    {
        var norm = Math.Sqrt(x.Sum(value => value * value) * y.Sum(value => value * value));
        return norm > 0 ? (float)((1 + (x.Zip(y).Sum(pair => pair.First * pair.Second) / norm)) / 2) : throw new StubRefusal("Neo.ClientError.Statement.ArgumentError");
    }
}
