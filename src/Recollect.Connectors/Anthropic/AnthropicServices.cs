using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Registration;

namespace Recollect.Connectors.Anthropic;

/// <summary>Registers what calls Anthropic's models.</summary>
public static class AnthropicServices
{
    /// <summary>Adds the model client <c>anthropic</c>.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddAnthropic(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<AnthropicOptions, AnthropicValidator>().BindConfiguration(AnthropicOptions.SectionName);
        return services.AddNamed<IChatClient, AnthropicChatClient>(AnthropicOptions.ClientName);
    }
}
