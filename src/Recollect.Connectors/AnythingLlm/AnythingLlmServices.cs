using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Ingest.Sources;
using Recollect.Registration;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Registers what reads from AnythingLLM.</summary>
public static class AnythingLlmServices
{
    /// <summary>Adds the source <c>anythingllm</c>: the chats of all workspaces, through the developer API.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddAnythingLlm(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<AnythingLlmOptions, AnythingLlmOptionsValidator>().BindConfiguration(AnythingLlmOptions.SectionName);
        return services.AddNamed<ISource, AnythingLlmSource>(AnythingLlmSource.SourceName);
    }
}
