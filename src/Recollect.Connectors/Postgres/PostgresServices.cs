using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Connectors.Postgres.Memories;
using Recollect.Connectors.Postgres.Sessions;
using Recollect.Connectors.Postgres.State;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;
using Recollect.Memorize.Stores;
using Recollect.Registration;
using Recollect.Sessions;
using Recollect.State;

namespace Recollect.Connectors.Postgres;

/// <summary>Registers what reads from PostgreSQL and what Recollect keeps in it.</summary>
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

    /// <summary>Adds the memory store <c>postgres</c>: memories in the schema <c>recollect</c> of a database.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PostgresMemoryOptions, PostgresMemoryOptionsValidator>().BindConfiguration(PostgresMemoryOptions.SectionName);
        return services.AddTables().AddNamed<IMemoryStore, PostgresMemoryStore>(PostgresMemoryStore.StoreName);
    }

    /// <summary>Adds the session store <c>postgres</c>: a bot's live conversations in a database, for any number of hosts.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddPostgresSessions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PostgresSessionOptions, PostgresSessionOptionsValidator>().BindConfiguration(PostgresSessionOptions.SectionName);
        return services.AddNamed<ISessionStore, PostgresSessionStore>(PostgresSessionStore.StoreName);
    }
}
