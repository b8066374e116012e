using System.Text;
using System.Text.Json;
using Recollect.Connectors.Neo4j;

namespace Recollect.IntegrationTests.Neo4j.Stub;

/// <summary>Nodes and indexes in memory, and what each of the store's statements does to them.</summary>
internal sealed class StubGraph
{
    private static readonly string[] RecordFields = ["id", "record", "content", "embedding", "vectors", "chunks", "user", "scope", "session", "source", "tags", "hash", "updated"];

    private static readonly string[] RecordProperties =
        ["recollect_id", "recollect_record", "content", "embedding", "recollect_vectors", "recollect_chunks", "user_id", "scope", "source_session", "recollect_source", "tags", "recollect_hash", "recollect_updated"];

    private static readonly string[] HeaderFields = ["id", "thread", "started", "ended", "hash", "updated", "made_by", "dimensions"];

    private static readonly string[] HeaderProperties =
        ["recollect_id", "recollect_thread", "recollect_started", "recollect_ended", "recollect_content_hash", "recollect_updated", "recollect_made_by", "recollect_dimensions"];

    private static readonly string[] ListFields = ["id", "record", "user", "scope", "session", "source", "tags", "started", "ended"];

    private static readonly string[] ListProperties =
        ["recollect_id", "recollect_record", "user_id", "scope", "source_session", "recollect_source", "tags", "recollect_started", "recollect_ended"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, StubNode> _bySession = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StubNode> _byId = new(StringComparer.Ordinal);
    private int _indexed; // how many nodes there were then

    /// <summary>Gets the nodes; not to be changed while the server works.</summary>
    public List<StubNode> Nodes { get; } = [];

    /// <summary>Gets the indexes.</summary>
    public StubIndexes Indexes { get; } = new();

    /// <summary>Gets or sets the version that the server says it has.</summary>
    public string Version { get; set; } = "5.26.0";

    /// <summary>Does what a statement says, all of it or nothing.</summary>
    public (string[] Fields, object?[][] Rows) Run(string statement, JsonElement parameters)
    {
        lock (_lock)
        {
            return statement switch
            {
                Cypher.Components => (["version", "edition"], [[Version, "community"]]),
                Cypher.Indexes => (StubIndexes.Fields, Indexes.Rows()),
                Cypher.DuplicateSessions => One("sessions", Nodes.Where(node => node.Has("source_session")).GroupBy(node => node.Text("source_session"), StringComparer.Ordinal).Count(group => group.Count() > 1)),
                Cypher.EtlNodes => EtlNodes(parameters),
                Cypher.AdoptEtlNodes => Adopt(parameters),
                Cypher.Upsert => Upsert(parameters),
                Cypher.HeadersOfThreads => Rows(HeaderFields, HeaderProperties, Among("recollect_thread", parameters.GetProperty("threads"))),
                Cypher.HeadersOfSource => Rows(HeaderFields, HeaderProperties, After(parameters).Where(node => node.Is("recollect_source", Text(parameters, "source"))).Take(Limit(parameters))),
                Cypher.IdsAfter => Rows(["id"], ["recollect_id"], After(parameters).Where(node => node.Has("recollect_record")).Take(Limit(parameters))),
                Cypher.Records => Rows(RecordFields, RecordProperties, Among("recollect_id", parameters.GetProperty("ids"))),
                Cypher.Delete => One("memories", Remove(Among("recollect_id", parameters.GetProperty("ids")))),
                Cypher.Forget => Forget(parameters),
                Cypher.ListPersonal or Cypher.ListShared => Rows(ListFields, ListProperties, Listed(parameters)),
                Cypher.SearchPersonal or Cypher.SearchShared => StubSearch.Run(Nodes, parameters),
                Cypher.Counts => (["made_by", "memories", "messages", "chunks", "oldest"], [.. Ours().GroupBy(node => node.Text("recollect_made_by"), StringComparer.Ordinal)
                    .Select(group => new object?[] { group.Key, group.Count(), group.Sum(node => node.Number("recollect_messages")), group.Sum(Chunks), group.Min(node => node.Number("recollect_ended")) })]),
                Cypher.Users => One("users", Ours().Select(node => (node.Text("recollect_tenant"), node.Text("user_id"))).Distinct().Count()),
                Cypher.LargestUsers => (["tenant", "user", "memories"], [.. Ours().GroupBy(node => (Tenant: node.Text("recollect_tenant"), User: node.Text("user_id")))
                    .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Tenant, StringComparer.Ordinal).ThenBy(group => group.Key.User, StringComparer.Ordinal)
                    .Take(20).Select(group => new object?[] { group.Key.Tenant, group.Key.User, group.Count() })]),
                Cypher.UsersAfter => (["user", "memories"], [.. UsersAfter(parameters).Select(group => new object?[] { group.Key, group.Count() })]),
                Cypher.OfOtherDimensions => One("memories", Ours().Count(node => node.Number("recollect_dimensions") != parameters.GetProperty("dimensions").GetInt64())),
                _ => Indexes.Create(statement),
            };
        }
    }

    private static (string[] Fields, object?[][] Rows) One(string field, long value) => ([field], [[value]]);

    private static string Text(JsonElement parameters, string name) => parameters.GetProperty(name).GetString()!;

    private static int Limit(JsonElement parameters) => parameters.GetProperty("limit").GetInt32();

    private static long Chunks(StubNode node) => node.Has("recollect_chunks") ? node["recollect_chunks"].GetArrayLength() / 3 : 0;

    private static (string[] Fields, object?[][] Rows) Rows(string[] fields, string[] properties, IEnumerable<StubNode> nodes) =>
        (fields, [.. nodes.Select(node => properties.Select(property => (object?)node[property]).ToArray())]);

    private IEnumerable<StubNode> Ours() => Nodes.Where(node => node.Has("recollect_id"));

    private IEnumerable<StubNode> After(JsonElement parameters) => Ours()
        .Where(node => string.CompareOrdinal(node.Text("recollect_id"), Text(parameters, "after")) > 0)
        .OrderBy(node => node.Text("recollect_id"), StringComparer.Ordinal);

    private IEnumerable<StubNode> Listed(JsonElement parameters)
    {
        var (ended, id) = (parameters.GetProperty("ended").GetInt64(), Text(parameters, "id"));
        return Ours()
            .Where(node => node.Is("recollect_tenant", Text(parameters, "tenant")) && node.Is("scope", Text(parameters, "scope")))
            .Where(node => !parameters.TryGetProperty("user", out var user) || node.Is("user_id", user.GetString()))
            .Where(node => node.Number("recollect_ended") is var at && (at < ended || (at == ended && string.CompareOrdinal(node.Text("recollect_id"), id) < 0)))
            .OrderByDescending(node => node.Number("recollect_ended"))
            .ThenByDescending(node => node.Text("recollect_id"), StringComparer.Ordinal)
            .Take(parameters.GetProperty("top").GetInt32());
    }

    // Texts compare by their code points there.
    private IEnumerable<IGrouping<string, StubNode>> UsersAfter(JsonElement parameters)
    {
        var scopes = parameters.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ToHashSet(StringComparer.Ordinal);
        return Ours()
            .Where(node => node.Is("recollect_tenant", Text(parameters, "tenant")) && scopes.Contains(node.Text("scope")) != parameters.GetProperty("all_but").GetBoolean())
            .GroupBy(node => node.Text("user_id")!, StringComparer.Ordinal)
            .Where(group => string.CompareOrdinal(Bytes(group.Key), Bytes(Text(parameters, "after"))) > 0)
            .OrderBy(group => Bytes(group.Key), StringComparer.Ordinal)
            .Take(parameters.GetProperty("top").GetInt32());

        static string Bytes(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
    }

    private StubNode[] Among(string property, JsonElement texts)
    {
        var wanted = texts.EnumerateArray().Select(text => text.GetString()).ToHashSet(StringComparer.Ordinal);
        return [.. Nodes.Where(node => node.Has(property) && wanted.Contains(node.Text(property)))];
    }

    private int Remove(IReadOnlyCollection<StubNode> nodes) => nodes.Count(Nodes.Remove);

    private (string[] Fields, object?[][] Rows) EtlNodes(JsonElement parameters)
    {
        var source = Text(parameters, "source");
        var found = Nodes
            .Where(node => node.Has("source_session") && string.CompareOrdinal(node.Text("source_session"), Text(parameters, "after")) > 0)
            .Where(node => !string.IsNullOrWhiteSpace(node.Text("user_id")) && !string.IsNullOrWhiteSpace(node.Text("scope")))
            .Where(node => !node.Is("recollect_hash", node.Text("message_hash") ?? string.Empty) || (!node.Has("recollect_record") && !node.Is("recollect_source", source)))
            .OrderBy(node => node.Text("source_session"), StringComparer.Ordinal)
            .Take(Limit(parameters));
        return (["session", "user", "scope", "hash", "updated", "messages", "embedding"],
            [.. found.Select(node => new object?[] { node.Text("source_session"), node.Text("user_id"), node.Text("scope"), node.Text("message_hash") ?? string.Empty, node["source_updated_at_ts"], node["message_count"], node["embedding"] })]);
    }

    private (string[] Fields, object?[][] Rows) Adopt(JsonElement parameters)
    {
        foreach (var row in parameters.GetProperty("rows").EnumerateArray())
        {
            var properties = row.GetProperty("properties");
            var node = Nodes.Find(node => node.Is("source_session", Text(row, "session")));
            if (node is not null && string.Equals(node.Text("message_hash") ?? string.Empty, Text(properties, "recollect_hash"), StringComparison.Ordinal))
            {
                node.Set(properties);
            }
        }

        return ([], []);
    }

    private (string[] Fields, object?[][] Rows) Upsert(JsonElement parameters)
    {
        JsonElement[] rows = [.. parameters.GetProperty("rows").EnumerateArray()];
        Index();
        foreach (var row in rows)
        {
            var session = Text(row, "session");
            Remove([.. row.GetProperty("gone").EnumerateArray().Select(id => _byId.GetValueOrDefault(id.GetString()!) is { } node && node.Is("recollect_id", id.GetString()) ? node : null).OfType<StubNode>().Where(node => !node.Is("source_session", session))]);
        }

        Index();
        foreach (var row in rows)
        {
            if (!_bySession.TryGetValue(Text(row, "session"), out var node))
            {
                Nodes.Add(node = new());
                _bySession.Add(Text(row, "session"), node);
                node.Set("source_session", row.GetProperty("session"));
                node.Set("created_at", row.GetProperty("timestamp"));
            }

            node.Set(row.GetProperty("properties"));
            node.Set("timestamp", row.GetProperty("timestamp"));
            node.Set("updated_at", row.GetProperty("timestamp"));
            _byId[node.Text("recollect_id")!] = node;
        }

        _indexed = Nodes.Count;
        return ([], []);
    }

    /// <summary>Finds all nodes anew where some were added or removed.</summary>
    private void Index()
    {
        if (_indexed == Nodes.Count)
        {
            return;
        }

        _bySession.Clear();
        _byId.Clear();
        foreach (var node in Nodes)
        {
            _ = node.Has("source_session") && _bySession.TryAdd(node.Text("source_session")!, node);
            _ = node.Has("recollect_id") && _byId.TryAdd(node.Text("recollect_id")!, node);
        }

        _indexed = Nodes.Count;
    }

    private (string[] Fields, object?[][] Rows) Forget(JsonElement parameters)
    {
        StubNode[] nodes = [.. Nodes.Where(node => node.Is("user_id", Text(parameters, "user")) && string.Equals(node.Text("recollect_tenant") ?? "default", Text(parameters, "tenant"), StringComparison.Ordinal))];
        var ended = nodes.Where(node => node.Has("recollect_ended")).Select(node => (long?)node.Number("recollect_ended")).Max();
        object?[] row = [nodes.Length, nodes.Sum(node => node.Number("recollect_messages")), nodes.Sum(Chunks), ended];
        Remove(nodes);
        return (["memories", "messages", "chunks", "ended"], [row]);
    }
}
