using Recollect.Runs;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>Keeps the account of a run, so that it can be looked at even where the run gave no report.</summary>
internal sealed class LedgerCatcher : IProgress<RunLedger>
{
    /// <summary>Gets the account; null where the run did not begin.</summary>
    public RunLedger? Caught { get; private set; }

    public void Report(RunLedger value) => Caught = value;
}
