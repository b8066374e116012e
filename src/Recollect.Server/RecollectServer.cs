using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Server.Api;
using Recollect.Server.Health;
using Recollect.Server.Http;
using Recollect.Server.Mcp;
using Recollect.Server.Reference;
using Recollect.Server.Runs;
using Recollect.Server.Schedule;
using Recollect.Server.Settings;
using Recollect.Server.Web;
using Recollect.Server.Work;

namespace Recollect.Server;

/// <summary>The service: REST, the Model Context Protocol and pages over the library, and nightly runs where the schedule is here. Without keys it listens on this machine only.</summary>
public sealed partial class RecollectServer : IAsyncDisposable
{
    private const int MaxRequestLine = 128 * 1024; // a question of 10,000 characters in a query string, whatever its script

    private readonly WebApplication _app;
    private readonly ILogger _logger;

    private RecollectServer(WebApplication app) => (_app, _logger) = (app, app.Services.GetRequiredService<ILogger<RecollectServer>>());

    /// <summary>Gets the services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Gets the addresses that it listens on, with the ports that were free where port 0 was asked for; empty before the start.</summary>
    public IReadOnlyCollection<string> Urls => [.. _app.Urls];

    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="compose">Registers the library, connectors, recall and an <see cref="IRunLog"/>.</param>
    public static RecollectServer Create(IConfiguration configuration, Action<IServiceCollection> compose)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(compose);
        var builder = WebApplication.CreateEmptyBuilder(new()); // no settings but ours may open an address
        builder.Services.AddSingleton(configuration); // itself: chained into another one, settings that are set to nothing would be lost
        compose(builder.Services);
        builder.Services.AddServer();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);
        var app = builder.Build();
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<Problems>();
        app.UseMiddleware<OriginGuard>();
        app.UseRouting(); // before the keys: a page is asked for with a cookie
        app.UseMiddleware<KeyGuard>();
        app.UseMiddleware<BodyLimit>();
        app.MapGroup(string.Empty).WithTags("Health").MapHealth();
        app.MapOpenApi("/openapi/v1.json");
        var api = app.MapGroup("/api/v1");
        api.MapGroup(string.Empty).WithTags("Recall").MapRecall();
        api.MapGroup(string.Empty).WithTags("Memories").MapMemories();
        api.MapGroup(string.Empty).WithTags("Runs").MapRuns();
        api.MapGroup(string.Empty).WithTags("Users").MapUsers();
        api.MapGroup("/work").WithTags("Work").MapWork();
        app.MapReference();
        app.MapWeb();
        app.MapGroup("/mcp").WithTags("Model Context Protocol").MapMcp();
        return new(app);
    }

    /// <summary>Listens, and begins to watch the clock for nightly runs.</summary>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="ServerException">An address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or SocketException)
        {
            var why = ex.InnerException is AddressInUseException ? "another program listens there" : ex.GetBaseException().Message.TrimEnd('.');
            throw new ServerException($"The server cannot listen on {Services.GetRequiredService<IOptions<ServerOptions>>().Value.Urls}: {why}. Name another port with --urls.", ex);
        }

        LogListening(_logger, string.Join(", ", Urls));
        await Services.GetRequiredService<NightlySchedule>().StartAsync(cancellationToken);
        Services.GetRequiredService<QueueConsumer>().Start();
        Services.GetRequiredService<LedgerSweeper>().Start();
        Services.GetRequiredService<FirstVisit>().Start();
    }

    /// <summary>Answers what is asked already, cancels a run that is under way, and waits until both have ended.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        LogStopping(_logger);
        await Services.GetRequiredService<FirstVisit>().StopAsync();
        await Services.GetRequiredService<NightlySchedule>().DisposeAsync();
        var working = Services.GetRequiredService<QueueConsumer>().StopAsync(cancellationToken);
        await Services.GetRequiredService<LedgerSweeper>().StopAsync();
        await _app.StopAsync(cancellationToken);
        await Services.GetRequiredService<BackgroundRuns>().EndAsync(cancellationToken);
        await working;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Listen(WebHostBuilderContext context, KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null; // BodyLimit has it
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        foreach (var address in ListenAddress.ParseAll(options.Urls, options.Agents.Count > 0))
        {
            if (address.Address is null)
            {
                kestrel.ListenLocalhost(address.Port, listen => listen.Protocols = HttpProtocols.Http1);
            }
            else
            {
                kestrel.Listen(address.Address, address.Port, listen => listen.Protocols = HttpProtocols.Http1);
            }
        }
    }

    [LoggerMessage(24001, LogLevel.Information, "Listening on {Urls}")]
    private static partial void LogListening(ILogger logger, string urls);

    [LoggerMessage(24002, LogLevel.Information, "Stopping")]
    private static partial void LogStopping(ILogger logger);
}
