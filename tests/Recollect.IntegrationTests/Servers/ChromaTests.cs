using Xunit;

namespace Recollect.IntegrationTests.Servers;

/// <summary>The tests that share one Chroma; each store has a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ChromaTests : ICollectionFixture<ChromaServer>
{
    public const string Name = "Chroma";
}
