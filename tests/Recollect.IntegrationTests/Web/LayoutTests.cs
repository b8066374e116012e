using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Recollect.Server.Web.Memory;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class LayoutTests(Chromium chromium, SampleServer sample)
{
    private const string RightToLeft = "أعيش الآن في شارع الدباغة رقم ١٤، والنهر مسموع في الليل.";

    private static readonly Owner Long = new() { User = new string('u', 400) };

    [Fact]
    public Task No_page_is_wider_than_a_small_telephone() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var (_, url, status) in sample.Pages)
            {
                await page.OpenAsync(url, status);
                await FitsAsync(page);
            }
        },
        new() { Key = SampleServer.Admin, Width = 360 });

    [Theory]
    [InlineData(360)]
    [InlineData(1_100)]
    public async Task Texts_without_end_and_without_spaces_stay_inside(int width)
    {
        var text = new string('m', 100_000);
        await using var server = await ServerOfAsync(Record("long", Long, text));
        await chromium.VisitAsync(
            server,
            async page =>
            {
                foreach (var url in new[] { "/", "/users", $"/memories?user={Long.User}", Url("long", Long), $"/search?query=street&user={Long.User}", $"/forget?user={Long.User}" })
                {
                    await page.OpenAsync(url);
                    await FitsAsync(page);
                }

                await page.OpenAsync(Url("long", Long));
                var message = page.Locator(".message .text").First;
                Assert.Equal(text, await message.TextContentAsync());
                Assert.InRange((await message.BoundingBoxAsync())!.Height, 1, 500);
                await message.FocusAsync(); // and is scrolled by keys
                await page.Keyboard.PressAsync("End");
                await page.WaitForFunctionAsync("() => document.querySelector('.message .text').scrollTop > 0");
                await Axe.AssertAccessibleAsync(page);
            },
            new() { Width = width });
    }

    [Fact]
    public async Task Text_from_right_to_left_is_set_so_and_the_page_stays_as_it_is()
    {
        var owner = new Owner { User = "دانا" };
        await using var server = await ServerOfAsync(Record("arabic", owner, RightToLeft, "I live in Leeds."));
        await chromium.VisitAsync(
            server,
            async page =>
            {
                await page.OpenAsync(Url("arabic", owner));

                Assert.Equal(["rtl", "ltr"], await DirectionsAsync(page, ".message .text"), StringComparer.Ordinal);
                Assert.Equal(["rtl"], await DirectionsAsync(page, "h1"), StringComparer.Ordinal);
                Assert.Equal(["rtl"], await DirectionsAsync(page, "section > p[dir]"), StringComparer.Ordinal);
                Assert.Equal(["rtl"], await DirectionsAsync(page, ".facts li > span:first-child"), StringComparer.Ordinal);
                Assert.Equal(["ltr"], await DirectionsAsync(page, "nav ul"), StringComparer.Ordinal);
                await FitsAsync(page);

                await page.OpenAsync($"/memories?user={Uri.EscapeDataString(owner.User)}");
                Assert.Equal(["rtl"], await DirectionsAsync(page, ".cards h2"), StringComparer.Ordinal);
                Assert.Equal(["rtl"], await DirectionsAsync(page, "input[name=user]"), StringComparer.Ordinal);
                await FitsAsync(page);
            },
            new() { Width = 360 });
    }

    [Fact]
    public Task Each_fact_leads_to_the_words_that_it_rests_on() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync(sample.Known.Memory);
            var link = page.Locator(".facts li").First.GetByRole(AriaRole.Link).First;
            var message = page.Locator((await link.GetAttributeAsync("href"))!);

            await link.ClickAsync();

            await Assertions.Expect(message).ToBeInViewportAsync();
            Assert.NotEmpty(await message.Locator("mark").AllInnerTextsAsync());
            await message.GetByRole(AriaRole.Link).First.ClickAsync();
            Assert.StartsWith("#fact-", new Uri(page.Url).Fragment, StringComparison.Ordinal);
        },
        new() { Key = SampleServer.Viewer });

    [Fact]
    public Task Times_are_of_the_zone_of_who_looks_at_once_and_from_then_on() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var _ in Enumerable.Range(0, 2)) // the first time by the script, then by the server
            {
                await page.OpenAsync(sample.Known.Memory);
                var time = page.Locator("time").First;
                var instant = DateTime.Parse((await time.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
                await time.WaitForTextAsync(instant.AddHours(9).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
                Assert.Contains("Asia/Tokyo", await page.Locator("footer").InnerTextAsync(), StringComparison.Ordinal);
            }

            Assert.Equal("Asia/Tokyo", await page.Locator("html").GetAttributeAsync("data-zone"));
        },
        new() { Key = SampleServer.Viewer, Zone = "Asia/Tokyo" });

    private static string Url(string name, Owner owner) => MemoryModel.UrlOf(MemoryRecords.IdOf(name), owner);

    private static async Task FitsAsync(IPage page)
    {
        var widths = await page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.Equal((page.Place(), widths[1]), (page.Place(), widths[0]));
    }

    private static Task<string[]> DirectionsAsync(IPage page, string selector) =>
        page.Locator(selector).EvaluateAllAsync<string[]>("(elements) => elements.map((element) => getComputedStyle(element).direction)");

    private static MemoryRecord Record(string name, Owner owner, params string[] texts)
    {
        var record = MemoryRecords.Of(name, owner, texts, thread: texts[0], summary: texts[0]);
        return record with
        {
            Memory = record.Memory with { Title = texts[0], Topics = [texts[0]], Facts = [new() { Text = texts[0], Citations = [new() { MessageId = record.Messages[0].Id }] }] },
            Messages = [.. record.Messages.Select(message => message with { Author = texts[0] })],
        };
    }

    private static Task<RunningServer> ServerOfAsync(MemoryRecord record) => RunningServer.StartAsync(AgentSettings.Limits, before: async server =>
    {
        var store = server.Services.GetRequiredService<IMemoryStore>();
        await store.InitializeAsync(CancellationToken.None);
        await store.UpsertAsync(record, [], CancellationToken.None);
    });
}
