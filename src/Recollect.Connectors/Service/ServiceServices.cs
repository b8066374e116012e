using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Stores;
using Recollect.Registration;
using Recollect.State;

namespace Recollect.Connectors.Service;

/// <summary>Registers what a worker needs that reaches a Recollect service and no database.</summary>
public static class ServiceServices
{
    /// <summary>The name in configuration of the source, the memory store and the state.</summary>
    internal const string PartName = "service";

    /// <summary>Adds the source, the memory store and the state <c>service</c>: those of a <c>recollect serve</c>, over HTTP.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddService(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceApi>();
        services.AddOptionsWithValidateOnStart<ServiceOptions, ServiceOptionsValidator>().BindConfiguration(ServiceOptions.SectionName);
        return services
            .AddNamed<ISource, ServiceSource>(PartName)
            .AddNamed<IMemoryStore, ServiceMemoryStore>(PartName)
            .AddNamed<IStateStore, ServiceStateStore>(PartName);
    }
}
