using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.Server.Web.Export;
using Recollect.Server.Web.Forget;
using Recollect.Server.Web.Memory;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>What people do on pages to what is remembered, without scripts, to its end.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class GovernTests(Chromium chromium, GovernedServer governed) : IClassFixture<GovernedServer>
{
    private const string Wrong = "I moved to 14 Elm Street in Leeds last week.";
    private const string Right = "<script>alert('ran')</script> I moved to 41 Elm Street.";
    private const string Cat = "My cat is called Minka and she is seven years old.";

    private static readonly Visitor Admin = new() { Key = SampleServer.Admin, HasScript = false };

    [Fact]
    public Task A_fact_is_corrected_and_another_deleted_and_the_exports_say_so() => chromium.VisitAsync(
        governed.Server,
        async page =>
        {
            var memory = (await governed.MemoryAsync("dana", "home")).Memory;
            await page.OpenAsync(MemoryModel.UrlOf(memory.Id, new() { User = "dana" }));
            await page.GetByRole(AriaRole.Link, new() { Name = $"Correct or delete fact {NumberOf(memory, Wrong)}" }).ClickAsync();
            Assert.EndsWith(Wrong, await page.Locator("blockquote").InnerTextAsync(), StringComparison.Ordinal);
            await page.GetByLabel("What is right").FillAsync(Right);
            await page.GetByLabel("This is what is to be remembered").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Correct the fact" }).ClickAsync();

            Assert.Equal(MemoryModel.UrlOf(memory.Id, new() { User = "dana" }), page.Place());
            Assert.Matches(@"Corrected on \d{4}-\d\d-\d\d \d\d:\d\d by noor \(was: .*I moved to 14 Elm Street in Leeds last week\.\)", await page.Locator(".facts").InnerTextAsync());
            Assert.Contains(Right, await page.Locator(".facts li > span:first-child").AllTextContentsAsync(), StringComparer.Ordinal); // as text

            await page.GetByRole(AriaRole.Link, new() { Name = $"Correct or delete fact {NumberOf(memory, Cat)}" }).ClickAsync();
            await page.GetByLabel("It is not to be remembered").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Delete the fact" }).ClickAsync();

            Assert.EndsWith(Cat, await page.Locator(".deleted del").InnerTextAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain(Cat, await page.Locator(".facts").InnerTextAsync(), StringComparison.Ordinal);
            Assert.Contains(Cat, await page.Locator(".message .text").AllTextContentsAsync(), StringComparer.Ordinal); // what was said stays
            Assert.Superset(new HashSet<(string?, string?)> { ("noor", "correct_fact"), ("noor", "delete_fact") }, (await governed.AuditAsync()).ToHashSet());
            await LookAtExportsAsync(page, memory.Id);
        },
        Admin);

    [Fact]
    public Task A_memory_is_forgotten_to_its_receipt_and_does_not_come_back() => chromium.VisitAsync(
        governed.Server,
        async page =>
        {
            var memory = (await governed.MemoryAsync("lena", "vault")).Memory;
            await page.OpenAsync(MemoryModel.UrlOf(memory.Id, new() { User = "lena" }));
            await page.GetByRole(AriaRole.Link, new() { Name = "Forget this memory…" }).ClickAsync();
            Assert.Contains("1 messages", await page.TextAsync(), StringComparison.Ordinal);
            await page.GetByLabel("I want this memory to be forgotten").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Forget this memory" }).ClickAsync();

            Assert.Equal("A memory is forgotten", await page.HeadingAsync());
            Assert.Equal(["1", "1", "1", "0"], await page.Locator("dl.numbers dd").AllInnerTextsAsync(), StringComparer.Ordinal);
            Assert.Contains(("noor", "forget_memory"), await governed.AuditAsync());
            var report = await governed.Server.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);
            Assert.InRange(report.Skipped[SkipReasons.Forgotten], 1, 2);
            await page.GetByRole(AriaRole.Link, new() { Name = "All memories of lena" }).ClickAsync();
            Assert.Contains("Nothing is remembered here.", await page.TextAsync(), StringComparison.Ordinal);
        },
        Admin);

    [Fact]
    public Task A_user_is_forgotten_to_the_receipt() => chromium.VisitAsync(
        governed.Server,
        async page =>
        {
            await page.OpenAsync("/memories?user=omar");
            await page.GetByRole(AriaRole.Link, new() { Name = "Forget this user…" }).ClickAsync();
            await page.GetByLabel("Type the user's name").FillAsync("omra");
            await page.GetByRole(AriaRole.Button, new() { Name = "Forget this user" }).ClickAsync();
            Assert.Contains("nothing was forgotten", await page.GetByRole(AriaRole.Alert).InnerTextAsync(), StringComparison.Ordinal);

            await page.GetByLabel("Type the user's name").FillAsync("omar");
            await page.GetByRole(AriaRole.Button, new() { Name = "Forget this user" }).ClickAsync();

            Assert.StartsWith("The user is forgotten.", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
            Assert.Equal(["1", "1", "1", "0"], (await page.Locator("dl.numbers dd").AllInnerTextsAsync()).Take(4), StringComparer.Ordinal);
            Assert.Contains(("noor", "forget"), await governed.AuditAsync());
            await page.OpenAsync("/memories?user=omar");
            Assert.Contains("Nothing is remembered here.", await page.TextAsync(), StringComparison.Ordinal);
        },
        Admin);

    [Fact]
    public Task A_parked_conversation_is_tried_again_and_remembered() => chromium.VisitAsync(
        governed.Server,
        async page =>
        {
            var (store, state) = (governed.Server.Services.GetRequiredService<IMemoryStore>(), governed.Server.Services.GetRequiredService<IStateStore>());
            var memory = (await governed.MemoryAsync("lukas", "again")).Memory;
            await store.DeleteAsync([memory.Id], CancellationToken.None);
            await state.Pending.SaveAsync(
                [
                    new()
                    {
                        ConversationId = memory.Id, Source = memory.Thread.Source, Tenant = "default", User = "lukas", Status = PendingStatus.Parked, ContentHash = memory.Fingerprint.ContentHash,
                        FailedRuns = 3, Reason = FailureReasons.Generation, StartedAt = memory.StartedAt,
                    },
                ],
                CancellationToken.None);
            await page.OpenAsync("/runs");
            Assert.Contains(memory.Id, await page.TextAsync(), StringComparison.Ordinal);
            await page.GetByRole(AriaRole.Button, new() { Name = "Try parked conversations again" }).ClickAsync();
            Assert.Matches("^/runs/.*-retry", page.Place());
            await page.APIRequest.GetAsync(page.Place() + "/events"); // to the end of the run

            await page.OpenAsync(page.Place());
            Assert.Contains(memory.Id, await page.TextAsync(), StringComparison.Ordinal);
            Assert.Contains("created", await page.TextAsync(), StringComparison.Ordinal);
            await page.OpenAsync("/runs");
            Assert.Equal(0, await page.GetByText(memory.Id).CountAsync());
            await page.OpenAsync(MemoryModel.UrlOf(memory.Id, new() { User = "lukas" }));
        },
        Admin);

    [Fact]
    public async Task Who_may_not_govern_changes_nothing()
    {
        var memory = (await governed.MemoryAsync("dana", "music")).Memory;
        var owner = new Owner { User = "dana" };
        var (fact, forget) = (FactModel.UrlOf(memory.Id, 1, owner), ForgetMemoryModel.UrlOf(memory.Id, owner));
        var mark = FactModel.MarkOf(memory.Facts[0]);
        foreach (var (key, tenant, expected) in new[]
        {
            (SampleServer.Viewer, string.Empty, HttpStatusCode.Forbidden), (GovernedServer.Stranger, string.Empty, HttpStatusCode.NotFound), (GovernedServer.Stranger, "&tenant=default", HttpStatusCode.Forbidden),
        })
        {
            using var client = await SignInAsync(key);
            foreach (var url in new[] { fact + tenant, forget + tenant })
            {
                Assert.Equal((key, url, expected), (key, url, (await client.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode));
                Assert.Equal((key, url, expected), (key, url, await PostAsync(client, url, ("fact", mark), ("action", "delete"), ("confirmation", "yes"))));
            }
        }

        Assert.Equal(memory.Facts.Select(one => one.Text), (await governed.MemoryAsync("dana", "music")).Memory.Facts.Select(one => one.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_right_changes_nothing_and_says_why()
    {
        var memory = (await governed.MemoryAsync("dana", "music")).Memory;
        var owner = new Owner { User = "dana" };
        var (url, mark) = (FactModel.UrlOf(memory.Id, 1, owner), FactModel.MarkOf(memory.Facts[0]));
        using var client = await SignInAsync(SampleServer.Admin);
        foreach (var (expected, reason, fields) in new (HttpStatusCode, string, (string, string)[])[]
        {
            (HttpStatusCode.Conflict, "not confirmed", [("fact", mark), ("action", "delete")]),
            (HttpStatusCode.Conflict, "has changed since", [("fact", "0"), ("action", "delete"), ("confirmation", "yes")]),
            (HttpStatusCode.Conflict, "must say something", [("fact", mark), ("action", "correct"), ("confirmation", "yes"), ("text", " \u200F ")]),
            (HttpStatusCode.Conflict, "must say something", [("fact", mark), ("confirmation", "yes")]),
            (HttpStatusCode.Conflict, "at most 2,000", [("fact", mark), ("action", "correct"), ("confirmation", "yes"), ("text", new string('x', 100_000))]),
            (HttpStatusCode.Conflict, "says this already", [("fact", mark), ("action", "correct"), ("confirmation", "yes"), ("text", memory.Facts[0].Text)]),
        })
        {
            Assert.Equal((expected, reason), (await PostAsync(client, url, reason, fields), reason));
        }

        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(client, ForgetMemoryModel.UrlOf(memory.Id, owner), "not confirmed", []));
        using var forged = new FormUrlEncodedContent([new("fact", mark), new("action", "delete"), new("confirmation", "yes")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(url, forged, TestContext.Current.CancellationToken)).StatusCode);
        foreach (var number in new[] { 0, -1, int.MaxValue })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(FactModel.UrlOf(memory.Id, number, owner), TestContext.Current.CancellationToken)).StatusCode);
        }

        await using (await governed.Server.Services.GetRequiredService<IStateStore>().Leases.TryAcquireAsync("run", CancellationToken.None))
        {
            Assert.Equal(HttpStatusCode.Conflict, await PostAsync(client, url, "Another run is under way", [("fact", mark), ("action", "delete"), ("confirmation", "yes")]));
        }

        Assert.Equal(memory.Facts.Select(one => one.Text), (await governed.MemoryAsync("dana", "music")).Memory.Facts.Select(one => one.Text), StringComparer.Ordinal);
    }

    private static async Task LookAtExportsAsync(IPage page, string memory)
    {
        var owner = new Owner { User = "dana" };
        var json = await page.APIRequest.GetAsync(ExportEndpoints.UrlOf(owner));
        var exported = JsonElement.Parse(await json.TextAsync()).EnumerateArray().ToArray();
        Assert.Equal(2, exported.Length);
        var edited = exported.Single(one => one.GetProperty("memory").GetProperty("id").ValueEquals(memory));
        Assert.Equal(
            [("noor", true, Right), ("noor", true, null)],
            edited.GetProperty("edits").EnumerateArray().Select((edit, index) => (edit.GetProperty("by").GetString(), edit.GetProperty("fact").GetString()!.EndsWith(index == 0 ? Wrong : Cat, StringComparison.Ordinal), edit.GetProperty("replacement").GetString())));
        Assert.Equal(2, edited.GetProperty("messages").GetArrayLength());

        var html = await page.APIRequest.GetAsync(ExportEndpoints.HtmlUrlOf(owner));
        Assert.Equal("attachment; filename=\"memories.html\"", html.Headers["content-disposition"]);
        await page.GotoAsync("about:blank"); // as a file, without the policy of a page before it
        await page.SetContentAsync(await html.TextAsync());
        Assert.Equal(2, await page.Locator("article").CountAsync());
        Assert.Equal(0, await page.Locator("script, link, img, iframe, form, [src], [onclick], [style]").CountAsync());
        var text = await page.Locator("body").InnerTextAsync();
        Assert.All(new[] { Right, Wrong, Cat, "Rex & Co and he is three", "2024-01-05 10:01", "by noor" }, one => Assert.Contains(one, text, StringComparison.Ordinal));
        var cited = await page.Locator("article:has-text('41 Elm') a").First.GetAttributeAsync("href");
        Assert.Contains(Wrong, await page.Locator(cited!).InnerTextAsync(), StringComparison.Ordinal);
    }

    private static int NumberOf(Recollect.Conversations.Memory memory, string fact) => memory.Facts.Select(one => one.Text).ToList().FindIndex(one => one.EndsWith(fact, StringComparison.Ordinal)) + 1;

    private async Task<HttpClient> SignInAsync(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = governed.Server.Address };
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "/signin", ("key", key), ("next", "/memories")));
        return client;
    }

    private static Task<HttpStatusCode> PostAsync(HttpClient client, string url, params (string Name, string Value)[] fields) => PostAsync(client, url, string.Empty, fields);

    /// <summary>Sends a form with the token of a page, and makes sure that the answer says something.</summary>
    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string url, string text, (string Name, string Value)[] fields)
    {
        var token = Token().Match(await client.GetStringAsync("/signin")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("form_token", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var answer = await client.PostAsync(url, form);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return answer.StatusCode;
    }

    [GeneratedRegex("name=\"form_token\"[^>]* value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();
}
