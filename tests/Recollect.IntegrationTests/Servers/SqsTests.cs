using Xunit;

namespace Recollect.IntegrationTests.Servers;

/// <summary>The tests that share one emulator of SQS; each has a queue of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SqsTests : ICollectionFixture<SqsServer>
{
    public const string Name = "SQS";
}
