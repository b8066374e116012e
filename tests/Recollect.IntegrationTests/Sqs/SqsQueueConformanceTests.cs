using Recollect.Conformance.Work;
using Recollect.Connectors.Sqs;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Sqs;

[Collection(SqsTests.Name)]
public sealed class SqsQueueConformanceTests(SqsServer server) : WorkQueueConformance, IAsyncDisposable
{
    private readonly SqsPlaces _places = new(server);

    public ValueTask DisposeAsync() => _places.DisposeAsync();

    protected override async ValueTask<IWorkQueue> CreateAsync() => await _places.CreateAsync();

    protected override ValueTask<IWorkQueue> ConnectAsync(IWorkQueue queue) => ValueTask.FromResult<IWorkQueue>(_places.Connect(queue));

    protected override ValueTask EndAsync(IWorkQueue queue) => ((SqsQueue)queue).DisposeAsync();

    protected override async Task<IReadOnlyList<DeadLetter>> ReadDeadAsync(IWorkQueue queue, int count) =>
        [.. (await _places.TakeDeadAsync(queue, count)).Select(SqsPlaces.Read)];
}
