using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Health;
using Recollect.Server.Mcp;
using Recollect.Server.Runs;
using Recollect.Server.Schedule;
using Recollect.Server.Settings;
using Recollect.Server.Web;
using Recollect.Server.Work;

namespace Recollect.Server;

/// <summary>Registers the server.</summary>
internal static class ServerServices
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Adds the server to the library, the connectors and recall.</summary>
    public static IServiceCollection AddServer(this IServiceCollection services)
    {
        services.AddMcp();
        services.AddWeb();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ServerOptions>, ListenAddressValidator>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        services.AddSingleton<IHostLifetime, CallerLifetime>();
        services.AddLogging(logging => logging
            .AddFilter("Microsoft", LogLevel.Warning) // the hosting diagnostics log whole addresses, with people's questions in them
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // why it could not start is told by the one who starts it
            .AddFilter("Quartz", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning));
        services.AddRouting().AddApiDescription();
        services.AddSingleton<BackgroundRuns>();
        services.AddSingleton<NightlySchedule>();
        services.AddSingleton<QueueConsumer>();
        services.AddSingleton<LedgerSweeper>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<RequestRates>();
        services.AddSingleton<RunEvents>();
        return services;
    }

    /// <summary>Adds what answers the Model Context Protocol, whichever way it comes, to the library, the connectors and recall.</summary>
    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ServerOptions, ServerOptionsValidator>().BindConfiguration(ServerOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ServerOptions>, AgentValidator>());
        services.TryAddSingleton<Agents>();
        services.TryAddSingleton<MemoryTool>();
        services.TryAddSingleton<MemoryServer>();
        return services;
    }
}
