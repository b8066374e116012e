using Recollect.Work;
using Xunit;

namespace Recollect.Conformance.Work;

/// <summary>Receives one message after the other, as a test asks for them.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<IQueueDelivery> _deliveries;
    private Task<IQueueDelivery>? _waiting;

    /// <summary>Initializes a new instance of the <see cref="Receiver"/> class.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="prefetch">How many unsettled messages it may hold.</param>
    public Receiver(IWorkQueue queue, int prefetch) => _deliveries = queue.ReceiveAsync(prefetch, _stop.Token).GetAsyncEnumerator();

    /// <summary>Waits for the next message; one call at a time.</summary>
    public Task<IQueueDelivery> NextAsync() => _waiting = MoveAsync();

    /// <summary>Waits for the next messages.</summary>
    /// <param name="count">How many.</param>
    public async Task<IReadOnlyList<IQueueDelivery>> NextAsync(int count)
    {
        List<IQueueDelivery> taken = [];
        while (taken.Count < count)
        {
            taken.Add(await NextAsync());
        }

        return taken;
    }

    /// <summary>Stops it, also while it waits.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_waiting is { IsCompleted: false } waiting)
        {
            await Task.WhenAny(waiting);
            Assert.True(waiting.IsCanceled);
        }

        await _deliveries.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<IQueueDelivery> MoveAsync()
    {
        Assert.True(await _deliveries.MoveNextAsync());
        return _deliveries.Current;
    }
}
