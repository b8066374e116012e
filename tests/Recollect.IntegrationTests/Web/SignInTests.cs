using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Conformance;
using Recollect.IntegrationTests.Server;
using Recollect.Server.Web.SignIn;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class SignInTests(Chromium chromium, SampleServer sample)
{
    private static readonly KeyValuePair<string, string?>[] Noor = [.. AgentSettings.Of(0, "noor", SampleServer.Admin, mayAdminister: true), .. AgentSettings.Limits];

    [Fact]
    public Task Who_has_not_signed_in_is_asked_to_and_then_gets_where_they_wanted() => chromium.VisitAsync(sample.Server, async page =>
    {
        await page.OpenAsync("/memories?user=dana");
        Assert.StartsWith("/signin?next=", page.Place(), StringComparison.Ordinal);
        Assert.DoesNotContain("Tannery", await page.ContentAsync(), StringComparison.Ordinal);

        await page.SendKeyAsync("key-of-nobody");
        await page.GetByRole(AriaRole.Alert).GetByText("The key is no agent's").WaitForAsync();
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name is "recollect-session");

        await page.SendKeyAsync($"  {SampleServer.Viewer}\t");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Memories of dana" }).WaitForAsync();
        Assert.Equal("/memories?user=dana", page.Place());
        Assert.Contains("Tannery Lane", await page.TextAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Signing_in_gives_a_cookie_that_no_script_and_no_other_site_gets() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/");
            var cookies = await page.Context.CookiesAsync();

            var session = Assert.Single(cookies, cookie => cookie.Name is "recollect-session");
            Assert.Equal((true, SameSiteAttribute.Strict, "/"), (session.HttpOnly, session.SameSite, session.Path));
            Assert.DoesNotContain(SampleServer.Viewer, session.Value, StringComparison.Ordinal);
            var form = Assert.Single(cookies, cookie => cookie.Name is "recollect-form");
            Assert.Equal((true, SameSiteAttribute.Strict), (form.HttpOnly, form.SameSite));
            Assert.DoesNotContain("recollect-session", await page.EvaluateAsync<string>("() => document.cookie"), StringComparison.Ordinal);
        },
        new() { Key = SampleServer.Viewer });

    [Fact]
    public Task Who_signs_out_is_asked_again() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await page.GetByLabel("Key of an agent").WaitForAsync();
            Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name is "recollect-session");

            await page.OpenAsync("/runs");
            Assert.Equal("/signin?next=%2Fruns", page.Place());
        },
        new() { Key = SampleServer.Viewer });

    [Fact]
    public Task Nobody_is_sent_elsewhere_after_signing_in() => chromium.VisitAsync(sample.Server, async page =>
    {
        foreach (var next in new[]
        {
            "https://elsewhere.example/", "//elsewhere.example/", "///elsewhere.example/", "/\\elsewhere.example/", "/\t/elsewhere.example/", "\\\\elsewhere.example", "http:elsewhere.example",
            "javascript:alert('ran')", "data:text/html,<script>alert('ran')</script>", "/\r\nLocation: https://elsewhere.example/", "@elsewhere.example", string.Empty,
        })
        {
            await page.SignInAsync(SampleServer.Viewer, $"/signin?next={Uri.EscapeDataString(next)}");

            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
            Assert.Equal((next, sample.Server.Address), (next, new Uri(page.Url)));
            await page.Context.ClearCookiesAsync();
        }
    });

    [Fact]
    public async Task A_session_ends_after_twelve_hours()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await RunningServer.StartAsync(Noor, services => services.AddSingleton<TimeProvider>(time));
        await chromium.VisitAsync(
            server,
            async page =>
            {
                time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1));
                await page.OpenAsync("/runs");
                Assert.Equal("/runs", page.Place());

                time.Advance(TimeSpan.FromMinutes(1));
                await page.OpenAsync("/runs");
                Assert.Equal("/signin?next=%2Fruns", page.Place());
            },
            new() { Key = SampleServer.Admin });
    }

    [Fact]
    public async Task After_ten_wrong_keys_the_right_one_is_not_taken_either()
    {
        await using var server = await RunningServer.StartAsync(Noor);
        await chromium.VisitAsync(server, async page =>
        {
            await page.OpenAsync("/signin");
            for (var wrong = 0; wrong < SignInAttempts.Most; wrong++)
            {
                await page.SendKeyAsync("key-of-nobody");
                await page.GetByRole(AriaRole.Alert).GetByText("The key is no agent's").WaitForAsync();
                Assert.Empty(await page.GetByLabel("Key of an agent").InputValueAsync());
            }

            var answer = await page.RunAndWaitForResponseAsync(() => page.SendKeyAsync(SampleServer.Admin), response => response.Request.Method is "POST");

            Assert.Equal((429, "900"), (answer.Status, await answer.HeaderValueAsync("Retry-After")));
            await page.GetByRole(AriaRole.Alert).GetByText("There were 10 wrong keys").WaitForAsync();
            Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name is "recollect-session");
        });
        Assert.DoesNotContain(server.Log.All, line => line.Contains("key-of-", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_form_that_is_not_of_these_pages_is_refused() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var (action, body) in new[] { ("/signin", "key=key-of-noor"), ("/signin", "key=key-of-noor&form_token=CfDJ8Nonsense"), ("/signout", ""), ("/runs/retry", ""), ("/forget", "user=dana&confirmation=dana") })
            {
                var answer = await page.Context.APIRequest.PostAsync(action, new() { Data = body, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/x-www-form-urlencoded" } });

                Assert.Equal((action, 400), (action, answer.Status));
                Assert.Contains("This form is too old", await answer.TextAsync(), StringComparison.Ordinal);
                Assert.DoesNotContain("recollect-session", answer.Headers.GetValueOrDefault("set-cookie", string.Empty), StringComparison.Ordinal);
            }

            await page.OpenAsync("/memories?user=dana"); // is signed in still, and dana is remembered
            Assert.Contains("Tannery Lane", await page.TextAsync(), StringComparison.Ordinal);
        },
        new() { Key = SampleServer.Admin });

    [Theory]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00")]
    public async Task A_cookie_that_the_server_did_not_write_opens_nothing(string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = sample.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/runs") { Headers = { { "Cookie", $"recollect-session={cookie}" } } };

        using var answer = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Redirect, "/signin?next=%2Fruns"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public Task Who_may_only_look_governs_nothing() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/");
            Assert.Contains("You may look at the memories of the tenant default", await page.TextAsync(), StringComparison.Ordinal);
            await page.OpenAsync("/memories?user=dana");
            Assert.Equal(0, await page.GetByText("Forget this user").CountAsync());
            foreach (var url in new[] { "/doctor", "/forget?user=dana" })
            {
                await page.OpenAsync(url, 403);
                Assert.Equal("Forbidden", await page.HeadingAsync());
            }
        },
        new() { Key = SampleServer.Viewer });

    [Fact]
    public async Task Where_there_are_no_keys_pages_say_that_they_are_open()
    {
        await using var server = await RunningServer.StartAsync();
        await chromium.VisitAsync(server, async page =>
        {
            await page.OpenAsync("/signin");
            Assert.Equal("/", page.Place());
            Assert.Contains("open: whoever uses this machine may look", await page.TextAsync(), StringComparison.Ordinal);
        });
    }
}
