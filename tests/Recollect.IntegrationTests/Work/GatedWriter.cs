using System.Diagnostics.CodeAnalysis;
using Recollect.Conversations;
using Recollect.Memorize.Generation;

namespace Recollect.IntegrationTests.Work;

/// <summary>A writer that waits at its first conversation until it is let go on.</summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The test completes it, and waits for none of those who wait here")]
internal sealed class GatedWriter : IMemoryWriter
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Entered => _entered.Task;

    public string Name => "gated";

    public string Version => "gated/1";

    public bool IsRemote => false;

    public bool WritesOnce => false;

    public void Open() => _open.SetResult();

    public async ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return new() { Summary = conversation.Messages[^1].Text, Citations = [new() { MessageId = conversation.Messages[^1].Id }] };
    }

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "waits"));
}
