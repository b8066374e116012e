namespace Recollect.Connectors.Neo4j;

/// <summary>Makes nodes ours that the ETL before wrote: adds our properties and changes none of theirs, so that everything finds them.</summary>
internal static class EtlNodes
{
    private const int PageOfNodes = 100; // with their vectors

    /// <summary>Adds our properties to every node that needs them. Doing it again changes nothing.</summary>
    /// <param name="api">The server.</param>
    /// <param name="source">The source that their conversations are from.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public static async ValueTask AdoptAsync(QueryApi api, string source, CancellationToken cancellationToken)
    {
        for (var (after, isLast) = (string.Empty, false); !isLast;)
        {
            var last = after;
            var nodes = await api.ReadAsync(
                Cypher.EtlNodes,
                json =>
                {
                    json.WriteString("after", last);
                    json.WriteString("source", source);
                    json.WriteNumber("limit", PageOfNodes);
                },
                EtlNode.Read,
                cancellationToken);
            isLast = nodes.Count < PageOfNodes;
            if (nodes.Count > 0)
            {
                after = nodes[^1].Session;
                await api.WriteAsync(
                    Cypher.AdoptEtlNodes,
                    json =>
                    {
                        json.WriteStartArray("rows");
                        nodes.ForEach(node => node.Write(json, source));
                        json.WriteEndArray();
                    },
                    static _ => true,
                    cancellationToken);
            }
        }
    }
}
