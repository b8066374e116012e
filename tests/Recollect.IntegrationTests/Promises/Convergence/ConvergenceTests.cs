using Xunit;

namespace Recollect.IntegrationTests.Promises.Convergence;

/// <summary>P1 and P2 over random histories.</summary>
public sealed class ConvergenceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_the_runs_and_interruptions_the_store_ends_as_one_backfill_would_leave_it()
    {
        foreach (var seed in TestSize.Seeds(TestSize.Of(300, 10_000))) // one after the other: each has its own files and clock
        {
            using var schedule = new Schedule(seed);
            try
            {
                await schedule.RunAsync();
            }
            catch (Exception)
            {
                output.WriteLine(schedule.Story);
                output.WriteLine($"Run this one alone with RECOLLECT_SEED={seed}.");
                throw;
            }
        }
    }
}
