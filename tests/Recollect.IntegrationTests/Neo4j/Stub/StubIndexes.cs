using System.Globalization;
using System.Text.RegularExpressions;

namespace Recollect.IntegrationTests.Neo4j.Stub;

/// <summary>The indexes of the database.</summary>
internal sealed partial class StubIndexes
{
    private readonly List<object?[]> _rows = [];

    public static string[] Fields { get; } = ["name", "type", "state", "labelsOrTypes", "properties", "options", "owningConstraint"];

    /// <summary>Gets the statements that created something.</summary>
    public List<string> Created { get; } = [];

    /// <summary>Gets or sets what state new indexes are in.</summary>
    public string State { get; set; } = "ONLINE";

    public object?[][] Rows() => [.. _rows];

    /// <summary>Adds a vector index, as another program would.</summary>
    public void AddVectorIndex(string name, int dimensions, string similarity) => _rows.Add([name, "VECTOR", State, new[] { "Memory" }, new[] { "embedding" }, Options(dimensions, similarity), null]);

    /// <summary>Sets the state of all.</summary>
    public void SetState(string state) => _rows.ForEach(row => row[2] = state);

    /// <summary>Creates what a statement says.</summary>
    public (string[] Fields, object?[][] Rows) Create(string statement)
    {
        var match = Definition().Match(statement);
        if (!match.Success)
        {
            throw new StubRefusal("Neo.ClientError.Statement.SyntaxError");
        }

        var (name, kind) = (match.Groups["name"].Value, match.Groups["kind"].Value);
        string[] properties = [.. Property().Matches(match.Groups["properties"].Value).Select(property => property.Groups["name"].Value)];
        if (_rows.Exists(row => string.Equals((string)row[0]!, name, StringComparison.Ordinal)))
        {
            return ([], []);
        }

        Created.Add(statement);
        var dimensions = Dimensions().Match(statement);
        _rows.Add([
            name, kind is "VECTOR INDEX" ? "VECTOR" : "RANGE", State, new[] { "Memory" }, properties,
            dimensions.Success ? Options(int.Parse(dimensions.Groups["number"].Value, CultureInfo.InvariantCulture), "COSINE") : new Dictionary<string, object>(StringComparer.Ordinal),
            kind is "CONSTRAINT" ? name : null]);
        return ([], []);
    }

    private static Dictionary<string, object> Options(int dimensions, string similarity) => new(StringComparer.Ordinal)
    {
        ["indexProvider"] = "vector-2.0",
        ["indexConfig"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["vector.dimensions"] = dimensions, ["vector.similarity_function"] = similarity },
    };

    [GeneratedRegex(@"^(CYPHER 25 )?CREATE (?<kind>CONSTRAINT|INDEX|VECTOR INDEX) (?<name>\w+) IF NOT EXISTS FOR \(m:Memory\) (ON|REQUIRE) (?<properties>[^{]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Definition();

    [GeneratedRegex(@"m\.(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();

    [GeneratedRegex(@"`vector\.dimensions`: (?<number>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dimensions();
}
