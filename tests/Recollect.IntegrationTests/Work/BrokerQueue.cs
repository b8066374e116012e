using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using Recollect.Work;

namespace Recollect.IntegrationTests.Work;

/// <summary>A queue of this process that several services share as if it were a broker's: the server leaves it to workers.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue")]
internal sealed class BrokerQueue : IWorkQueue
{
    private readonly InProcessQueue _inner = new(NullLogger<InProcessQueue>.Instance);

    public string Name => "broker";

    public ValueTask<int> GetMaxBytesAsync(CancellationToken cancellationToken) => _inner.GetMaxBytesAsync(cancellationToken);

    public ValueTask SendAsync(QueueMessage message, CancellationToken cancellationToken) => _inner.SendAsync(message, cancellationToken);

    public IAsyncEnumerable<IQueueDelivery> ReceiveAsync(int prefetch, CancellationToken cancellationToken) => _inner.ReceiveAsync(prefetch, cancellationToken);

    public ValueTask<QueueDepth> GetDepthAsync(CancellationToken cancellationToken) => _inner.GetDepthAsync(cancellationToken);

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => _inner.DiagnoseAsync(cancellationToken);

    /// <summary>Asks again and again until every message is settled.</summary>
    public async Task UntilSettledAsync()
    {
        while (await GetDepthAsync(CancellationToken.None) is not { Waiting: 0, Taken: 0 })
        {
            await Task.Yield();
        }
    }
}
