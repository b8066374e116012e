using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Recollect.Connectors;

/// <summary>Registers a whole Recollect within another program.</summary>
public static class EmbeddedServices
{
    /// <summary>
    /// Adds Recollect as it works without any server or key. What the program gets is <see cref="Chat.ChatMemory"/>, <see cref="Recall.RecallEngine"/>,
    /// <see cref="MemoryPipeline"/> and <see cref="Erasure.UserEraser"/>; everything else stays within.
    /// </summary>
    /// <param name="services">The program's services; its logging and its <see cref="TimeProvider"/> are used where there are any.</param>
    /// <param name="configure">Changes the defaults; null for none.</param>
    public static IServiceCollection AddRecollect(this IServiceCollection services, Action<EmbeddedSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => EmbeddedRecollect.Create(configure, provider.GetService<ILoggerFactory>(), provider.GetService<TimeProvider>()));
        services.TryAddSingleton(static provider => provider.GetRequiredService<EmbeddedRecollect>().Chats);
        services.TryAddSingleton(static provider => provider.GetRequiredService<EmbeddedRecollect>().Recall);
        services.TryAddSingleton(static provider => provider.GetRequiredService<EmbeddedRecollect>().Pipeline);
        services.TryAddSingleton(static provider => provider.GetRequiredService<EmbeddedRecollect>().Eraser);
        return services;
    }
}
