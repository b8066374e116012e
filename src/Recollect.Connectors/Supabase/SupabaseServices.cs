using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;
using Recollect.Registration;

namespace Recollect.Connectors.Supabase;

/// <summary>Registers what reads from Supabase.</summary>
public static class SupabaseServices
{
    /// <summary>Adds the source <c>supabase</c>: conversations in tables, through PostgREST.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddSupabase(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<SupabaseOptions, SupabaseOptionsValidator>().BindConfiguration(SupabaseOptions.SectionName);
        return services.AddTables().AddNamed<ISource, SupabaseSource>(SupabaseSource.SourceName);
    }
}
