using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Recollect.Registration;

/// <summary>Registers the implementations of a seam under the names that configuration uses, and picks one.</summary>
public static class NamedServices
{
    /// <summary>Registers an implementation under a name. A name that is already taken is left alone, so that a host can replace ours.</summary>
    /// <typeparam name="TService">The seam.</typeparam>
    /// <typeparam name="TImplementation">The implementation.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name in configuration.</param>
    public static IServiceCollection AddNamed<TService, TImplementation>(this IServiceCollection services, string name)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(known => known.ImplementationInstance is KnownName<TService> taken && string.Equals(taken.Value, name, StringComparison.Ordinal)))
        {
            services.AddSingleton(new KnownName<TService>(name));
        }

        services.TryAddKeyedSingleton<TService, TImplementation>(name);
        return services;
    }

    /// <summary>Gets the implementation that configuration names.</summary>
    /// <typeparam name="TService">The seam.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="setting">The setting that holds the name, for the error.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ConfigurationException">Nothing is registered under the name.</exception>
    public static TService Choose<TService>(this IServiceProvider services, string setting, string name)
        where TService : class =>
        services.GetKeyedService<TService>(name) ?? throw new ConfigurationException(
            $"{setting} is \"{name}\"; known: {string.Join(", ", services.GetServices<KnownName<TService>>().Select(known => known.Value).Order(StringComparer.Ordinal))}.");
}
