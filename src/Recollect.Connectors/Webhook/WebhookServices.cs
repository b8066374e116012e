using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Generation;
using Recollect.Registration;

namespace Recollect.Connectors.Webhook;

/// <summary>Registers the webhook.</summary>
public static class WebhookServices
{
    /// <summary>Adds the writer <c>webhook</c>.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddWebhook(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookOptions, WebhookOptionsValidator>().BindConfiguration(WebhookOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookAddressValidator>());
        services.TryAddSingleton<WebhookClient>();
        services.TryAddSingleton<WebhookGate>();
        return services.AddNamed<IMemoryWriter, WebhookWriter>(WebhookWriter.WriterName);
    }
}
