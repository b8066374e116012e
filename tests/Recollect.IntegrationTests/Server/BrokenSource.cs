using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.IntegrationTests.Server;

/// <summary>A source that cannot be read.</summary>
internal sealed class BrokenSource : ISource
{
    public string Name => "files";

    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken) => throw new SourceException("The source is broken.");

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: false, "broken"));
}
