using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Recollect.Conformance;
using Recollect.Ingest.Sources;
using Recollect.Server.Web;
using Xunit;

namespace Recollect.IntegrationTests.Server;

/// <summary>Pages that are opened soon after the start.</summary>
public sealed class FirstPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_start_each_page_is_opened_once_for_nobody()
    {
        await using var server = await RunningServer.StartAsync(change: Verbose);
        var visit = server.Services.GetRequiredService<FirstVisit>();

        await visit.VisitAllAsync(Token);

        Assert.Contains(server.Log.All, line => line.Contains("The pages were opened once", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.All, line => line.Contains("could not be opened", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.All, line => line.Contains("GET /users", StringComparison.Ordinal)); // it is no request
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_told_to_those_who_look_and_starts_the_server_all_the_same()
    {
        await using var server = await RunningServer.StartAsync([new("Stores:Use", "postgres"), new("Stores:Postgres:ConnectionString", "postgresql://nobody@127.0.0.1:1/none")], Verbose);
        var visit = server.Services.GetRequiredService<FirstVisit>();

        await visit.VisitAllAsync(Token);

        Assert.Contains(server.Log.All, line => line.Contains("The page /users could not be opened once after the start", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync("/users", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/runs", Token)).StatusCode);
    }

    [Fact]
    public async Task Health_is_shown_while_its_parts_are_still_being_tested()
    {
        var source = new SlowSource();
        await using var server = await RunningServer.StartAsync(change: services => services.Replace(ServiceDescriptor.Singleton<ISource>(source)));

        var first = await UntilAsync(server, static page => page.Contains("data folder", StringComparison.Ordinal));
        Assert.Contains("data-reload", first, StringComparison.Ordinal);
        Assert.DoesNotContain("source slow", first, StringComparison.Ordinal);

        source.LetGo();
        var last = await UntilAsync(server, static page => !page.Contains("data-reload", StringComparison.Ordinal));
        Assert.Contains("source slow", last, StringComparison.Ordinal);
        Assert.Contains("state sqlite", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_breaks_off_is_shown_on_the_page_of_health()
    {
        var source = new SlowSource();
        await using var server = await RunningServer.StartAsync(change: services => services.Replace(ServiceDescriptor.Singleton<ISource>(source)));

        source.Break(new InvalidOperationException("the gears of it"));

        var page = await UntilAsync(server, static page => !page.Contains("data-reload", StringComparison.Ordinal));
        Assert.Contains("examination", page, StringComparison.Ordinal);
        Assert.Contains("class=\"bad\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_is_ready_once_the_pages_were_opened()
    {
        await using var server = await RunningServer.StartAsync(change: services =>
        {
            Verbose(services);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new ManualTime(DateTimeOffset.UnixEpoch))); // whose five seconds never pass
        });

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/ready", Token)).StatusCode);

        Assert.Contains(server.Log.All, line => line.Contains("The pages were opened once", StringComparison.Ordinal));
    }

    private static void Verbose(IServiceCollection services) => services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Debug));

    private static async Task<string> UntilAsync(RunningServer server, Func<string, bool> isEnough)
    {
        while (true)
        {
            var page = await server.Client.GetStringAsync("/doctor", Token);
            if (isEnough(page))
            {
                return page;
            }

            await Task.Yield();
        }
    }
}
