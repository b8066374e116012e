using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Connectors.Postgres.State;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;
using Recollect.Registration;
using Recollect.State;

namespace Recollect.Connectors.Postgres;

/// <summary>Registers what reads from PostgreSQL and what is kept there.</summary>
public static class PostgresServices
{
    /// <summary>Adds the source <c>postgres</c>: conversations in tables, read with SQL.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddPostgresSource(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<PostgresOptions, PostgresOptionsValidator>().BindConfiguration(PostgresOptions.SectionName);
        return services.AddTables().AddNamed<ISource, PostgresSource>(PostgresSource.SourceName);
    }

    /// <summary>Adds the state store <c>postgres</c>: the engine's own state in a database, for any number of hosts.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddPostgresState(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PostgresStateOptions, PostgresStateOptionsValidator>().BindConfiguration(PostgresStateOptions.SectionName);
        return services.AddNamed<IStateStore, PostgresStateStore>(PostgresStateStore.StoreName);
    }
}
