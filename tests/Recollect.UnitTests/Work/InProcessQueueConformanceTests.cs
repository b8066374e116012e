using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Recollect.Conformance.Work;
using Recollect.Work;

namespace Recollect.UnitTests.Work;

public sealed class InProcessQueueConformanceTests : WorkQueueConformance, ILogger<InProcessQueue>
{
    private readonly ConcurrentQueue<string> _reasons = new();

    protected override bool OutlivesProcess => false;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            _reasons.Enqueue((string)values.Single(value => value.Key is "Reason").Value!);
        }
    }

    protected override ValueTask<IWorkQueue> CreateAsync() => ValueTask.FromResult<IWorkQueue>(new InProcessQueue(this));

    protected override ValueTask<IWorkQueue> ConnectAsync(IWorkQueue queue) => ValueTask.FromResult(queue);

    protected override ValueTask EndAsync(IWorkQueue queue) => ValueTask.CompletedTask;

    protected override Task<IReadOnlyList<DeadLetter>> ReadDeadAsync(IWorkQueue queue, int count) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. _reasons.Select(reason => new DeadLetter(Body: null, reason))]);
}
