using System.Collections.Concurrent;
using Recollect.Work;

namespace Recollect.IntegrationTests.Work;

/// <summary>Takes every message that is not ours.</summary>
internal sealed class RecordingHandler : ITaskHandler
{
    public ConcurrentBag<string> Types { get; } = [];

    public ValueTask<bool> HandleAsync(QueueMessage message, string? taskType, CancellationToken cancellationToken)
    {
        Types.Add(taskType ?? string.Empty);
        return ValueTask.FromResult(true);
    }
}
