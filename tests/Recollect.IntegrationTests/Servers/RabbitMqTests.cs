using Xunit;

namespace Recollect.IntegrationTests.Servers;

/// <summary>The tests that share one RabbitMQ server; each has a queue of its own.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitMqTests : ICollectionFixture<RabbitMqServer>
{
    public const string Name = "RabbitMQ";
}
