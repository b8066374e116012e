using System.Diagnostics.CodeAnalysis;
using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.IntegrationTests.Server;

/// <summary>A source whose test ends when it is let go.</summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The test completes what it waits for")]
internal sealed class SlowSource : ISource
{
    private readonly TaskCompletionSource<Diagnosis> _diagnosis = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "slow";

    public void LetGo() => _diagnosis.SetResult(new(Healthy: true, "it took its time"));

    public void Break(Exception error) => _diagnosis.SetException(error);

    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken) => AsyncEnumerable.Empty<SourceMessage>();

    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => await _diagnosis.Task.WaitAsync(cancellationToken);
}
