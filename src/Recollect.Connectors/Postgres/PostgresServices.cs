using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;
using Recollect.Registration;

namespace Recollect.Connectors.Postgres;

/// <summary>Registers what reads from PostgreSQL.</summary>
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
}
