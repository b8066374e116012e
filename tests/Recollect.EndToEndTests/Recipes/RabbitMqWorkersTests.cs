using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>Over a real RabbitMQ, which is killed and started again.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class RabbitMqWorkersTests(RabbitMqServer broker, ITestOutputHelper output) : WorkersTests(output)
{
    /// <inheritdoc/>
    protected override Func<Task>? RestartBroker => async () =>
    {
        await broker.KillAsync();
        await broker.StartAsync();
    };

    /// <inheritdoc/>
    protected override async Task UseQueueAsync()
    {
        await broker.StartAsync();
        Variables["QUEUE"] = "rabbitmq";
        Variables["RABBITMQ_URL"] = broker.Url;
        Variables["RECOLLECT__Queue__RabbitMq__Queue"] = TestContext.Current.TestMethod!.MethodName;
    }
}
