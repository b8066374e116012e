using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>How a run went.</summary>
/// <param name="Account">What it counted; null where it did not begin.</param>
/// <param name="Failure">What ended it; null where it reached its end or was stopped.</param>
internal sealed record RunOutcome(RunReport? Account, Exception? Failure)
{
    /// <summary>Fails unless read = created + updated + unchanged + skipped + failed.</summary>
    public void AssertAccountCloses()
    {
        if (Account is { } a)
        {
            var sides = a.Created + a.Updated + a.Unchanged + a.Skipped.Values.Sum() + a.Failed.Values.Sum();
            Assert.True(a.Read == sides, $"Of {a.Read} conversations read, {sides} are accounted for; the run ended with {Failure?.GetType().Name ?? a.Status.ToString()}.");
        }
    }
}
