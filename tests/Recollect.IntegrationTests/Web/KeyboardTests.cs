using Microsoft.Playwright;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class KeyboardTests(Chromium chromium, SampleServer sample)
{
    [Fact]
    public Task The_first_key_leads_past_the_navigation() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/memories?user=dana");

            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("Skip to the content", await FocusedAsync(page, "innerText"));
            Assert.InRange((await page.Locator(".skip").BoundingBoxAsync())!.X, 0, 100); // and is seen

            await page.Keyboard.PressAsync("Enter");
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("user", await FocusedAsync(page, "name"));
        },
        new() { Key = SampleServer.Viewer });

    [Fact]
    public Task Every_link_field_and_button_is_reached_in_the_order_of_the_page_and_its_focus_is_seen() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var url in new[] { "/", "/memories?user=dana", sample.Known.Memory, "/search", "/search?query=Which+street+do+I+live+in%3F&user=dana", "/runs", "/forget?user=dana" })
            {
                await page.OpenAsync(url);
                var all = await page.EvaluateAsync<int>(
                    """
                    () => {
                      const all = [...document.querySelectorAll("a[href], input:not([type=hidden]), button, summary, [tabindex='0']")];
                      all.forEach((element, index) => { element.dataset.order = index; });
                      return all.length;
                    }
                    """);
                for (var at = 0; at < all; at++)
                {
                    await page.Keyboard.PressAsync("Tab");
                    var focused = await page.EvaluateAsync<string>("() => { const e = document.activeElement, style = getComputedStyle(e); return `${e.dataset.order} ${style.outlineStyle} ${parseFloat(style.outlineWidth) >= 2}`; }");
                    Assert.Equal($"{url} {at} solid true", $"{url} {focused}");
                }
            }
        },
        new() { Key = SampleServer.Admin });

    [Fact]
    public Task Signing_in_searching_and_signing_out_need_no_mouse() => chromium.VisitAsync(sample.Server, async page =>
    {
        await page.OpenAsync("/search");
        await TabToAsync(page, "key");
        await page.Keyboard.TypeAsync(SampleServer.Viewer);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Question").WaitForAsync();

        await TabToAsync(page, "query");
        await page.Keyboard.TypeAsync("Which street do I live in?");
        await TabToAsync(page, "user");
        await page.Keyboard.TypeAsync("dana");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("I now live at 14 Tannery Lane").First.WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByLabel("Key of an agent").WaitForAsync();
    });

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var presses = 0; !string.Equals(await FocusedAsync(page, "name"), name, StringComparison.Ordinal); presses++)
        {
            Assert.InRange(presses, 0, 30);
            await page.Keyboard.PressAsync("Tab");
        }
    }

    private static Task<string?> FocusedAsync(IPage page, string property) => page.EvaluateAsync<string?>("(property) => document.activeElement[property] ?? null", property);
}
