using System.Text.Json;
using Recollect.Text;

namespace Recollect.Ingest.Sources.Files;

/// <summary>The tree of one exported conversation, and the branch of it that counts.</summary>
internal sealed class ChatGptBranch
{
    private readonly Dictionary<string, JsonElement> _nodes = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="ChatGptBranch"/> class.</summary>
    /// <param name="mapping">The nodes by id.</param>
    public ChatGptBranch(JsonElement mapping)
    {
        foreach (var property in mapping.EnumerateObject())
        {
            _nodes[property.Name] = property.Value;
        }
    }

    /// <summary>Lists the nodes from the root to the one the person saw last.</summary>
    /// <param name="current">The node that the export calls current; where it is missing, the newest leaf counts.</param>
    /// <param name="broken">Is told of nodes at which the way to the root breaks off, and why.</param>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Follow(string? current, Action<string, string> broken)
    {
        List<KeyValuePair<string, JsonElement>> branch = [];
        HashSet<string> visited = new(StringComparer.Ordinal);
        var id = current is not null && _nodes.ContainsKey(current) ? current : NewestLeaf();
        string? child = null;
        if (id is null && _nodes.Count > 0)
        {
            broken(_nodes.Keys.First(), "the parents of all nodes run in a circle");
        }

        while (id is not null)
        {
            if (!_nodes.TryGetValue(id, out var node))
            {
                broken(child ?? id, "its parent is missing");
                break;
            }

            if (!visited.Add(id))
            {
                broken(child ?? id, "its parent is one of its own descendants");
                break;
            }

            if (node.ValueKind != JsonValueKind.Object)
            {
                broken(id, "is not an object");
                break;
            }

            branch.Add(new(id, node));
            child = id;
            id = Parent(id, node, broken);
        }

        branch.Reverse();
        return branch;
    }

    private static string? Parent(string id, JsonElement node, Action<string, string> broken)
    {
        if (!node.TryGetProperty("parent", out var parent) || parent.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (parent.ValueKind == JsonValueKind.String)
        {
            return JsonText.Of(parent);
        }

        broken(id, "parent is not a string");
        return null;
    }

    private string? NewestLeaf()
    {
        HashSet<string> parents = new(StringComparer.Ordinal);
        foreach (var (id, node) in _nodes)
        {
            if (node.ValueKind == JsonValueKind.Object && Parent(id, node, static (_, _) => { }) is { } parent)
            {
                parents.Add(parent);
            }
        }

        return _nodes
            .Where(node => !parents.Contains(node.Key) && node.Value.ValueKind == JsonValueKind.Object)
            .OrderByDescending(node => CreatedAt(node.Value)) // of equals the first in the export
            .Select(node => node.Key)
            .FirstOrDefault();
    }

    private static double CreatedAt(JsonElement node) =>
        node.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("create_time", out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetDouble(out var seconds)
            ? seconds
            : double.NegativeInfinity;
}
