using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Stores;
using Recollect.Recall;

namespace Recollect.Registration;

/// <summary>Registers recall.</summary>
public static class RecallServices
{
    /// <summary>Adds recall over the configured store and embedder.</summary>
    /// <param name="services">The services; <see cref="RecollectServices.AddRecollect"/> must be among them.</param>
    public static IServiceCollection AddRecall(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new RecallEngine(
            provider.GetRequiredService<IMemoryStore>(), provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), provider.GetRequiredService<IOptions<StoreOptions>>().Value.KeepText));
        return services;
    }
}
