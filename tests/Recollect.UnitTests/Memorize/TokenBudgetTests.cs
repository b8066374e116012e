using FsCheck;
using FsCheck.Fluent;
using Recollect.Memorize;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.UnitTests.Memorize;

public sealed class TokenBudgetTests
{
    [Fact]
    public async Task Whatever_the_order_the_cap_is_never_exceeded()
    {
        foreach (var (cap, calls) in ArbMap.Default.GeneratorFor<(PositiveInt Cap, (byte Most, byte Spent)[] Calls)>().Sample(200))
        {
            var most = cap.Get * 4L;
            var budget = Of(most);
            var billed = 0L;
            await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (call, token) =>
            {
                try
                {
                    await budget.ReserveAsync(call.Most, token);
                }
                catch (GenerationException ex)
                {
                    Assert.True(ex is { IsOverBudget: true, IsTransient: false });
                    return;
                }

                var spent = Math.Min(call.Spent, call.Most);
                Assert.InRange(budget.Committed, 0, most);
                await Task.Yield();
                Interlocked.Add(ref billed, spent);
                budget.Settle(call.Most, spent);
            });
            Assert.InRange(billed, 0, most);
            Assert.Equal(billed, budget.Committed);
        }
    }

    [Fact]
    public async Task What_calls_give_back_is_waited_for()
    {
        var budget = Of(100);
        await budget.ReserveAsync(80, TestContext.Current.CancellationToken);
        var second = budget.ReserveAsync(50, TestContext.Current.CancellationToken).AsTask();
        Assert.False(second.IsCompleted);
        budget.Settle(80, 20);
        await second;
        Assert.Equal(70, budget.Committed);
    }

    [Fact]
    public async Task A_call_that_will_never_fit_fails_at_once_until_the_next_run()
    {
        var budget = Of(100);
        await budget.ReserveAsync(80, TestContext.Current.CancellationToken);
        budget.Settle(80, 80);
        var failure = await Assert.ThrowsAsync<GenerationException>(async () => await budget.ReserveAsync(50, TestContext.Current.CancellationToken));
        Assert.Contains("may cost 50 tokens, and 20 of the 100", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("raise Some:Cap.", failure.Message, StringComparison.Ordinal);
        budget.Begin();
        await budget.ReserveAsync(50, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_cap_all_fits()
    {
        var budget = Of(most: null);
        await budget.ReserveAsync(long.MaxValue, TestContext.Current.CancellationToken);
    }

    private static TokenBudget Of(long? most) => new(most, "Some:Cap", message => new GenerationException(message) { IsOverBudget = true });
}
