using Microsoft.Extensions.DependencyInjection;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>Registers what sources of tables share.</summary>
internal static class TableServices
{
    /// <summary>Adds the options; each source of tables calls it.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddTables(this IServiceCollection services)
    {
        if (!services.Any(service => service.ImplementationType == typeof(TableOptionsValidator))) // bound twice, a list would hold everything twice
        {
            services.AddOptionsWithValidateOnStart<TableOptions, TableOptionsValidator>().BindConfiguration(TableOptions.SectionName);
        }

        return services;
    }
}
