using Microsoft.Playwright;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>What people do on pages.</summary>
internal static class PageActions
{
    /// <summary>Opens a page and makes sure of its status.</summary>
    /// <param name="page">Where.</param>
    /// <param name="url">The address, without the host.</param>
    /// <param name="status">The status that it must have.</param>
    public static async Task<IResponse> OpenAsync(this IPage page, string url, int status = 200)
    {
        var response = (await page.GotoAsync(url))!;
        while (await page.Locator("[data-reload]").CountAsync() > 0) // it is not complete yet
        {
            response = (await page.GotoAsync(url))!;
        }

        Assert.Equal((url, status), (url, response.Status));
        return response;
    }

    /// <summary>Gives a key to the form of signing in, and sends it.</summary>
    public static async Task SignInAsync(this IPage page, string key, string form = "/signin")
    {
        await page.OpenAsync(form);
        await page.SendKeyAsync(key);
    }

    /// <summary>Fills in the form of signing in that is shown, and sends it.</summary>
    public static async Task SendKeyAsync(this IPage page, string key)
    {
        await page.GetByLabel("Key of an agent").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Gets what stands on the page.</summary>
    public static Task<string> TextAsync(this IPage page) => page.Locator("body").InnerTextAsync();

    /// <summary>Gets the heading of the page.</summary>
    public static Task<string> HeadingAsync(this IPage page) => page.Locator("h1").InnerTextAsync();

    /// <summary>Gets the path and query of where the page is.</summary>
    public static string Place(this IPage page) => new Uri(page.Url).PathAndQuery;

    /// <summary>Waits until an element has a text.</summary>
    public static Task WaitForTextAsync(this ILocator element, string text) =>
        Assertions.Expect(element).ToHaveTextAsync(text, new() { Timeout = Chromium.Patience });
}
