using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Memorize.Stores;
using Recollect.Registration;

namespace Recollect.Connectors.Chroma;

/// <summary>Registers the memory store in Chroma.</summary>
public static class ChromaServices
{
    /// <summary>Adds the memory store <c>chroma</c>.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddChroma(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ChromaOptions, ChromaOptionsValidator>().BindConfiguration(ChromaOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddNamed<IMemoryStore, ChromaMemoryStore>(ChromaMemoryStore.StoreName);
    }
}
