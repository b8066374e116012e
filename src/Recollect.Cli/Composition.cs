using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Cli.Features;
using Recollect.Cli.Output;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Programs;
using Recollect.Cli.Settings;
using Recollect.Cli.Telemetry;
using Recollect.Connectors;
using Recollect.Erasure;
using Recollect.Registration;
using Recollect.Server.Runs;

namespace Recollect.Cli;

/// <summary>The composition root.</summary>
internal static class Composition
{
    /// <exception cref="ConfigurationException">A setting is not of its type, or out of its range.</exception>
    public static ServiceProvider Build(IConfiguration configuration)
    {
        var provider = Add(new ServiceCollection(), configuration).BuildServiceProvider();
        SettingsCheck.Run(provider);
        return provider;
    }

    /// <summary>Adds what every command works with.</summary>
    public static IServiceCollection Add(IServiceCollection services, IConfiguration configuration)
    {
        DurationConverter.Register();
        services.AddLogging();
        services.AddRecollect(configuration).AddConnectors().AddRecall();
        services.AddOptionsWithValidateOnStart<LogOptions, LogOptionsValidator>().BindConfiguration(LogOptions.SectionName);
        services.AddSingleton<FirstPeople>();
        services.AddSingleton<IUserTrace>(provider => provider.GetRequiredService<FirstPeople>());
        services.AddSingleton<RunLog>();
        services.AddSingleton<IRunLog>(provider => provider.GetRequiredService<RunLog>());
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RunLog>());
        services.AddScheduling();
        services.AddTelemetry();
        return services;
    }

    private static void AddTelemetry(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TelemetryOptions, TelemetryOptionsValidator>().BindConfiguration(TelemetryOptions.SectionName)
            .PostConfigure(static options => options.TakeStandardVariables(SettingsLoader.Variables()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, CollectorValidator>());
        services.AddSingleton<TelemetryExport>();
    }

    private static void AddScheduling(this IServiceCollection services)
    {
        services.AddSingleton(provider => Machine.Read(SettingsLoader.Environment(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProgramRunner, ProgramRunner>();
        services.AddSingleton<SchedulerFactory>();
        services.AddSingleton<ScheduledJobReader>();
    }
}
