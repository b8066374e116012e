using Xunit;

namespace Recollect.IntegrationTests.Servers;

/// <summary>The tests that share one PostgreSQL with pgvector, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PgvectorTests : ICollectionFixture<PgvectorServer>
{
    public const string Name = "pgvector";
}
