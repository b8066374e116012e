using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Registration;

namespace Recollect.Connectors.OpenAi;

/// <summary>Registers what calls OpenAI-compatible endpoints.</summary>
public static class OpenAiServices
{
    /// <summary>Adds the embedder and the model client <c>openai</c>, for any OpenAI-compatible endpoint.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddOpenAi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<OpenAiEmbeddingOptions, OpenAiEndpointValidator>().BindConfiguration(OpenAiEmbeddingOptions.SectionName);
        services.AddOptionsWithValidateOnStart<OpenAiChatOptions, OpenAiChatValidator>().BindConfiguration(OpenAiChatOptions.SectionName);
        services.AddNamed<IChatClient, OpenAiChatClient>(OpenAiChatOptions.ClientName);
        return services.AddNamed<IEmbeddingGenerator<string, Embedding<float>>, OpenAiEmbeddingGenerator>(OpenAiEmbeddingOptions.EmbedderName);
    }
}
