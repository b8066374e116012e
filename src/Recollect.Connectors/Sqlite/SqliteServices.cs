using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.State;
using Recollect.Memorize.Stores;
using Recollect.Registration;
using Recollect.State;

namespace Recollect.Connectors.Sqlite;

/// <summary>Registers what Recollect keeps in SQLite.</summary>
public static class SqliteServices
{
    /// <summary>Adds the memory store and the state store <c>sqlite</c>: files in <see cref="DataOptions.Root"/>, no server.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddNamed<IMemoryStore, SqliteMemoryStore>(SqliteMemoryStore.StoreName)
            .AddNamed<IStateStore, SqliteStateStore>(SqliteStateStore.StoreName);
    }
}
