using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Connectors;
using Recollect.Registration;

namespace Recollect.Benchmarks.Measuring;

/// <summary>Builds the engine as the command does.</summary>
internal static class Engine
{
    public static ServiceProvider Build(string dataRoot, string? from = null, params ReadOnlySpan<(string Key, string? Value)> more) => Build(dataRoot, from, static _ => { }, more);

    public static ServiceProvider Build(string dataRoot, string? from, Action<IServiceCollection> add, params ReadOnlySpan<(string Key, string? Value)> more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Root"] = dataRoot };
        if (from is not null)
        {
            settings["Sources:Files:Paths:0"] = from;
        }

        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var services = new ServiceCollection();
        services.AddLogging();
        add(services);
        services.AddRecollect(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddConnectors().AddRecall();
        return services.BuildServiceProvider();
    }
}
