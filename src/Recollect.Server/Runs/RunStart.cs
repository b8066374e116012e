using System.Diagnostics.CodeAnalysis;
using Recollect.Runs;

namespace Recollect.Server.Runs;

/// <summary>Waits until a run has its place in the journal.</summary>
internal sealed class RunStart : IProgress<RunLedger>
{
    private readonly TaskCompletionSource<string> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the run's id, once it has begun.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The run goes on by itself; nobody who waits for its begin is needed for it")]
    public Task<string> RunId => _begun.Task;

    /// <inheritdoc/>
    public void Report(RunLedger value) => _begun.TrySetResult(value.RunId);
}
