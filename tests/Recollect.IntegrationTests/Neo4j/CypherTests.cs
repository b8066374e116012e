using System.Reflection;
using Recollect.Conformance;
using Recollect.Connectors.Neo4j;
using Xunit;

namespace Recollect.IntegrationTests.Neo4j;

public sealed class CypherTests
{
    [Fact]
    public void Every_statement_is_approved()
    {
        var constants = typeof(Cypher).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (field.Name, Text: (string)field.GetRawConstantValue()!));
        var plain = Cypher.PlainIndexes.Select(index => (Name: index.Key, Text: index.Value));
        (string Name, string Text)[] made =
        [
            ("vector index, 5.19 and later", Cypher.CreateVectorIndex(new(5, 26), "memory_semantic_index", 1536)),
            ("vector index, 2026.01 and later", Cypher.CreateVectorIndex(new(2026, 1), "memory_semantic_index", 1536)),
            ("advice", Cypher.DropIndex("memory_semantic_index")),
        ];
        Approved.Match("Cypher", string.Join("\n\n", constants.Concat(plain).Concat(made).Select(statement => $"// {statement.Name}\n{statement.Text}")));
    }

    [Theory]
    [InlineData("5.26.1", 5, 26)]
    [InlineData("5.27-aura", 5, 27)]
    [InlineData("2026.01.3+12", 2026, 1)]
    [InlineData("2025.12", 2025, 12)]
    public void Versions_are_read(string text, int major, int minor) => Assert.Equal(new ServerVersion(major, minor), ServerVersion.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("aura.x")]
    public void What_is_no_version_is_none(string text) => Assert.Null(ServerVersion.Parse(text));
}
