using System.Diagnostics.CodeAnalysis;
using Recollect.Runs;

namespace Recollect.Server.Runs;

/// <summary>Waits until a run has its place in the journal.</summary>
internal sealed class RunStart : IProgress<RunLedger>
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RunLedger? _ledger;

    /// <summary>Gets the run's account; null until it has begun.</summary>
    public RunLedger? Ledger => _ledger;

    /// <summary>Gets what ends when the run has begun.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The run goes on by itself; nobody who waits for its begin is needed for it")]
    public Task Begun => _begun.Task;

    /// <inheritdoc/>
    public void Report(RunLedger value)
    {
        _ledger = value;
        _begun.TrySetResult();
    }
}
