using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Conformance;
using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class WeightTests(Chromium chromium, ITestOutputHelper output)
{
    private const int MostBytes = 100_000;

    [Fact]
    public async Task A_page_asks_for_little_and_only_here()
    {
        var memories = TestSize.Of(300, 100_000);
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits, before: running => FillAsync(running, memories));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{memories:N0} memories, first visit:"));
        foreach (var url in new[] { "/", "/users", "/memories?user=user7", "/search?query=street&user=user7", "/runs" })
        {
            await chromium.VisitAsync(server, async page => // which fails where another host is asked
            {
                var requests = new List<IRequest>();
                page.Request += (_, request) => requests.Add(request);
                await page.OpenAsync(url);
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

                var bytes = 0;
                foreach (var request in requests.Where(request => !request.Url.StartsWith("data:", StringComparison.Ordinal)))
                {
                    var sizes = await request.SizesAsync();
                    bytes += sizes.ResponseHeadersSize + sizes.ResponseBodySize;
                }

                var (firstByte, loaded, shift) = (await TimeAsync(page, "responseStart - requestStart"), await TimeAsync(page, "loadEventEnd"), await ShiftAsync(page));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{url,-36} {bytes,7:N0} bytes  {requests.Count} requests  first byte after {firstByte:F0} ms  loaded after {loaded:F0} ms  layout shift {shift:F3}"));
                Assert.InRange(bytes, 1, MostBytes);
                Assert.InRange(requests.Count, 1, 4);
                Assert.Equal(0, shift);
            });
        }
    }

    private static Task<double> TimeAsync(IPage page, string what) =>
        page.EvaluateAsync<double>($"() => {{ const {{ responseStart, requestStart, loadEventEnd }} = performance.getEntriesByType('navigation')[0]; return {what}; }}");

    private static Task<double> ShiftAsync(IPage page) => page.EvaluateAsync<double>(
        "() => new Promise((resolve) => { let sum = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => setTimeout(() => resolve(sum))); })");

    private static async Task FillAsync(RunningServer server, int memories)
    {
        var store = server.Services.GetRequiredService<IMemoryStore>();
        await store.InitializeAsync(CancellationToken.None);
        foreach (var number in Enumerable.Range(0, memories))
        {
            await store.UpsertAsync(
                MemoryRecords.Of($"n{number}", new() { User = $"user{number % Math.Max(10, memories / 100)}" }, thread: $"t{number}", summary: $"A talk about the street, the river and matter {number}, which went on for a while and came to an end."),
                [],
                CancellationToken.None);
        }
    }
}
