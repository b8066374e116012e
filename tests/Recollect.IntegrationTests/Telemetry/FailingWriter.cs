using Recollect.Conversations;
using Recollect.Memorize.Generation;

namespace Recollect.IntegrationTests.Telemetry;

/// <summary>A writer that always fails in one way.</summary>
internal sealed class FailingWriter(Exception failure) : IMemoryWriter
{
    public string Name => "failing";

    public string Version => "failing/1";

    public bool IsRemote => false;

    public bool WritesOnce => false;

    public ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken) => throw failure;

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: false, Name));
}
