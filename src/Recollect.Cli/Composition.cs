using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli.Output;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Programs;
using Recollect.Cli.Settings;
using Recollect.Connectors;
using Recollect.Registration;

namespace Recollect.Cli;

/// <summary>The composition root.</summary>
internal static class Composition
{
    /// <exception cref="ConfigurationException">A setting is not of its type, or out of its range.</exception>
    public static ServiceProvider Build(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRecollect(configuration).AddConnectors().AddRecall();
        services.AddOptionsWithValidateOnStart<LogOptions, LogOptionsValidator>().BindConfiguration(LogOptions.SectionName);
        services.AddSingleton<RunLog>();
        services.AddScheduling();
        var provider = services.BuildServiceProvider();
        SettingsCheck.Run(provider);
        return provider;
    }

    private static void AddScheduling(this IServiceCollection services)
    {
        services.AddSingleton(provider => Machine.Read(SettingsLoader.Environment(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProgramRunner, ProgramRunner>();
        services.AddSingleton<SchedulerFactory>();
        services.AddSingleton<ScheduledJobReader>();
    }
}
