using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Memorize.Stores;
using Recollect.Registration;

namespace Recollect.Connectors.Neo4j;

/// <summary>Registers the memory store in Neo4j.</summary>
public static class Neo4jServices
{
    /// <summary>Adds the memory store <c>neo4j</c>.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddNeo4j(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<Neo4jOptions, Neo4jOptionsValidator>().BindConfiguration(Neo4jOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddNamed<IMemoryStore, Neo4jMemoryStore>(Neo4jMemoryStore.StoreName);
    }
}
