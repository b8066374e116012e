using System.Collections.Concurrent;
using Microsoft.Playwright;
using Recollect.IntegrationTests.Server;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Web;

/// <summary>The browser of this machine, started when a test first asks for it. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>How many milliseconds a page may take for what should take a few.</summary>
    internal const float Patience = 20_000;

    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-lcd-text"];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<(Uri Server, string Key), string> _signedIn = new(); // cookies, so that not every test signs in anew
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? default);
        _playwright?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Opens an empty page, lets something be done with it, and makes sure that no page had an error, broke its policy, opened a dialog, or asked another host for anything.</summary>
    /// <param name="server">The server, whose addresses may be given without the host.</param>
    /// <param name="look">What is done.</param>
    /// <param name="visitor">Who looks; null for somebody without a key.</param>
    internal async Task VisitAsync(RunningServer server, Func<IPage, Task> look, Visitor? visitor = null)
    {
        visitor ??= new();
        var browser = await StartAsync();
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.Address.ToString(),
            ColorScheme = visitor.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = visitor.HasScript,
            Locale = "en-GB",
            StorageState = visitor.Key is null ? null : _signedIn.GetValueOrDefault((server.Address, visitor.Key)),
            TimezoneId = visitor.Zone,
            ViewportSize = new() { Width = visitor.Width, Height = visitor.Height },
        });
        context.SetDefaultTimeout(Patience);
        var watch = new PageWatch(context, server.Address);
        var page = await context.NewPageAsync();
        if (visitor.Key is { } key && !_signedIn.ContainsKey((server.Address, key)))
        {
            await page.SignInAsync(key);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
            _signedIn[(server.Address, key)] = await context.StorageStateAsync();
        }

        await look(page);
        watch.AssertNothingWrong();
    }

    private async Task<IBrowser> StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            Required.Unless(File.Exists(Program), "Chromium");
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments });
        }
        finally
        {
            _gate.Release();
        }
    }
}
