using Recollect.Runs;

namespace Recollect.Server.Runs;

/// <summary>A run that is under way in this process.</summary>
/// <param name="Ledger">Its account, which fills while it runs.</param>
/// <param name="Ended">Ends with the run, and fails as it does.</param>
internal sealed record LiveRun(RunLedger Ledger, Task Ended);
