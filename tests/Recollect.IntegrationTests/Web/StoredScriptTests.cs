using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.Server.Web.Memories;
using Recollect.Server.Web.Memory;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>200 scripts stand in every text that pages show. None may run, and each must be shown as what it is.</summary>
[Collection(BrowserTests.Name)]
public sealed class StoredScriptTests(Chromium chromium)
{
    private const int PerMemory = 25;

    private static readonly IReadOnlyList<string> Scripts = StoredScripts.All;

    [Fact]
    public async Task No_script_that_is_stored_runs_and_all_are_shown()
    {
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits, before: StoreAsync);
        await chromium.VisitAsync(server, async page =>
        {
            Assert.Equal(200, Scripts.Distinct(StringComparer.Ordinal).Count());
            await ShowsAsync(page, "/", []);
            await ShowsAsync(page, "/runs", Scripts);
            await ShowsAsync(page, "/runs/hostile", Scripts);
            await ShowsAsync(page, "/sessions", Scripts.Take(PerMemory).ToArray());
            await ShowsAsync(page, "/sessions/hostile0", Scripts);
            Assert.Equal(Scripts, await page.Locator(".message .text").AllTextContentsAsync(), StringComparer.Ordinal);
            await ShowsAllUsersAsync(page);
            var store = server.Services.GetRequiredService<IMemoryStore>();
            for (var first = 0; first < Scripts.Count; first += PerMemory)
            {
                var own = Scripts.Skip(first).Take(PerMemory).ToArray();
                var owner = new Owner { User = own[0] };
                await ShowsAsync(page, TimelineModel.UrlOf(owner.Tenant, owner.User), own);
                var memory = Assert.Single(await store.ListAsync(owner.Visibility, after: null, 100, CancellationToken.None), one => one.Topics.Count > 1);
                await ShowsAsync(page, MemoryModel.UrlOf(memory.Id, owner), own);
                Assert.Equal(own, await page.Locator(".message .text").AllTextContentsAsync(), StringComparer.Ordinal); // to the letter
                Assert.Equal(own, await page.Locator(".message strong").AllTextContentsAsync(), StringComparer.Ordinal);
                Assert.Equal(own, await page.Locator(".facts li > span:first-child").AllTextContentsAsync(), StringComparer.Ordinal);
                Assert.Equal(own, await page.Locator(".topics li").AllTextContentsAsync(), StringComparer.Ordinal);
                await ShowsAsync(page, $"/search?query={Uri.EscapeDataString("alert " + own[^1])}&user={Uri.EscapeDataString(owner.User)}", [own[0]]);
                await ShowsAsync(page, Recollect.Server.Web.Forget.ForgetModel.UrlOf(owner), [own[0]]);
                await ShowsAsync(page, Recollect.Server.Web.Forget.ForgetMemoryModel.UrlOf(memory.Id, owner), [own[0]]);
                await ShowsAsync(page, FactModel.UrlOf(memory.Id, 1, owner), [own[0]]);
            }

            foreach (var script in Scripts.Take(TestSize.Of(0, Scripts.Count)))
            {
                await ShowsAsync(page, TimelineModel.UrlOf("default", script), [script]);
                await ShowsAsync(page, $"/search?query={Uri.EscapeDataString(script)}&user={Uri.EscapeDataString(script)}", []);
            }
        });
    }

    [Fact]
    public async Task No_script_of_an_address_runs()
    {
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits);
        await chromium.VisitAsync(server, async page =>
        {
            foreach (var script in Scripts.Where((_, index) => index % TestSize.Of(27, 1) == 0).Select(Uri.EscapeDataString))
            {
                foreach (var url in new[] { $"/search?query={script}&user={script}", $"/memories/{script}?user={script}", $"/runs/{script}", $"/memories?user=dana&scope={script}", $"/memories?user=dana&tenant={script}", $"/memories?{script}={script}", $"/signin?next={script}" })
                {
                    await page.GotoAsync(url);
                    await HoldsNothingStrangeAsync(page);
                }
            }
        });
    }

    private static async Task ShowsAllUsersAsync(IPage page)
    {
        var shown = new List<string>();
        await page.OpenAsync("/users");
        while (true)
        {
            await HoldsNothingStrangeAsync(page);
            shown.AddRange(await page.Locator("tbody a").AllTextContentsAsync());
            if (await page.GetByText("More users").CountAsync() == 0)
            {
                break;
            }

            await page.GetByText("More users").ClickAsync();
        }

        Assert.Equal(Scripts.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static async Task ShowsAsync(IPage page, string url, IReadOnlyList<string> texts)
    {
        await page.OpenAsync(url);
        await HoldsNothingStrangeAsync(page);
        var text = (await page.Locator("main").TextContentAsync())!;
        Assert.All(texts, script => Assert.Contains(script, text, StringComparison.Ordinal));
    }

    /// <summary>Makes sure that a page is made of what its author put there.</summary>
    private static async Task HoldsNothingStrangeAsync(IPage page)
    {
        var strange = await page.EvaluateAsync<string[]>(
            """
            () => {
              const own = new Set(["HTML", "HEAD", "META", "TITLE", "LINK", "SCRIPT", "BODY", "A", "HEADER", "DIV", "STRONG", "NAV", "UL", "OL", "LI", "SPAN", "MAIN", "H1", "H2", "H3", "P", "FOOTER", "FORM", "LABEL", "INPUT", "BUTTON",
                "DL", "DT", "DD", "TABLE", "CAPTION", "THEAD", "TBODY", "TR", "TH", "TD", "TIME", "BDI", "SECTION", "CODE", "MARK", "BLOCKQUOTE", "PROGRESS", "DETAILS", "SUMMARY", "svg", "rect"]);
              const found = [];
              for (const element of document.querySelectorAll("*")) {
                if (element.closest("svg.chart")) continue;
                if (!own.has(element.tagName)) found.push(element.tagName);
                for (const { name, value } of element.attributes) {
                  if (name.startsWith("on") || name === "style" || name === "srcdoc") found.push(`${element.tagName} ${name}`);
                  if (["href", "src", "action", "formaction", "data"].includes(name) && !/^([/#]|data:,$)/.test(value)) found.push(`${element.tagName} ${name}=${value}`);
                }
              }
              if (document.scripts.length !== 1) found.push(`${document.scripts.length} scripts`);
              if (document.querySelectorAll("meta").length !== 2) found.push("meta");
              if (getComputedStyle(document.body).display !== "block") found.push("style");
              return found;
            }
            """);
        Assert.True(strange.Length == 0, $"{page.Url}: {string.Join(", ", strange)}");
    }

    private static async Task StoreAsync(RunningServer server)
    {
        var (store, state) = (server.Services.GetRequiredService<IMemoryStore>(), server.Services.GetRequiredService<IStateStore>());
        await store.InitializeAsync(CancellationToken.None);
        await state.InitializeAsync(CancellationToken.None);
        foreach (var (index, script) in Scripts.Index())
        {
            var group = Scripts[index - (index % PerMemory)];
            await store.UpsertAsync(Plain(index, script, group), [], CancellationToken.None);
            if (!string.Equals(script, group, StringComparison.Ordinal))
            {
                await store.UpsertAsync(Plain(1_000 + index, script, script), [], CancellationToken.None);
            }
        }

        foreach (var (index, script) in Scripts.Take(PerMemory).Index())
        {
            await BotSessions.SaveAsync(server, $"hostile{Number(index)}", script, index == 0 ? Scripts : [script], index == 0 ? Scripts : [script]);
        }

        await state.Runs.SaveAsync(new() { Id = "hostile", Mode = RunMode.Backfill, Source = Scripts[0], StartedAt = DateTimeOffset.UnixEpoch, EndedAt = DateTimeOffset.UnixEpoch, Status = RunStatus.Aborted }, CancellationToken.None);
        await state.Runs.AppendAsync([.. Scripts.Select((script, index) => new RunEntry("hostile", $"{script}{Number(index)}", "default", script, Outcomes.Failed, script))], CancellationToken.None);
        await state.Pending.SaveAsync(
            [.. Scripts.Select((script, index) => new PendingConversation { ConversationId = script, Source = "files", Tenant = "default", User = script, Status = index % 2 == 0 ? PendingStatus.Parked : PendingStatus.Failed, ContentHash = "x", FailedRuns = 3, Reason = script, Error = script })],
            CancellationToken.None);
    }

    /// <summary>Makes a memory whose title, summary and thread are a script; the first of a user has those of the whole group in its messages, authors, facts, quotes and topics.</summary>
    private static MemoryRecord Plain(int index, string script, string user)
    {
        var own = index < 1_000 && index % PerMemory == 0 ? Scripts.Skip(index).Take(PerMemory).ToArray() : [script];
        var record = MemoryRecords.Of(Number(index), new() { User = user }, own, thread: script, summary: script);
        return record with
        {
            Memory = record.Memory with
            {
                Title = index % 2 == 0 ? script : null,
                Topics = own,
                Facts = [.. record.Messages.Select(message => new Fact { Text = message.Text, Kind = script, Citations = [new() { MessageId = message.Id, Quote = message.Text[(message.Text.Length / 2)..] }] })],
                Fingerprint = record.Memory.Fingerprint with { MadeBy = script },
            },
            Messages = [.. record.Messages.Select(message => message with { Author = message.Text, Role = message.Text })],
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
