using Recollect.Conformance.Work;
using Recollect.Connectors.RabbitMq;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.RabbitMq;

[Collection(RabbitMqTests.Name)]
public sealed class RabbitMqQueueConformanceTests(RabbitMqServer server) : WorkQueueConformance, IAsyncDisposable
{
    private readonly RabbitMqPlace _place = new(server);

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    protected override async ValueTask<IWorkQueue> CreateAsync() => await _place.CreateAsync();

    protected override ValueTask<IWorkQueue> ConnectAsync(IWorkQueue queue) => ValueTask.FromResult<IWorkQueue>(_place.Connect(queue));

    protected override ValueTask EndAsync(IWorkQueue queue) => ((RabbitMqQueue)queue).DisposeAsync();

    protected override async Task<IReadOnlyList<DeadLetter>> ReadDeadAsync(IWorkQueue queue, int count) =>
        [.. (await _place.TakeDeadAsync(queue, count)).Select(RabbitMqPlace.Read)];
}
