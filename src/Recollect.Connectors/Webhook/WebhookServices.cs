using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recollect.Connectors.Webhook.Files;
using Recollect.Connectors.Webhook.Imported;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;
using Recollect.Registration;

namespace Recollect.Connectors.Webhook;

/// <summary>Registers the webhook.</summary>
public static class WebhookServices
{
    /// <summary>Adds the writer <c>webhook</c> and the mirror <c>memory-cron</c>.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddWebhook(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookOptions, WebhookOptionsValidator>().BindConfiguration(WebhookOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookAddressValidator>());
        services.TryAddSingleton<WebhookClient>();
        services.TryAddSingleton<WebhookGate>();
        services.TryAddSingleton<SentBefore>();
        return services
            .AddNamed<IMemoryWriter, WebhookWriter>(WebhookWriter.WriterName)
            .AddNamed<IMirror, MemoryCronMirror>(MemoryCronMirror.MirrorName);
    }
}
