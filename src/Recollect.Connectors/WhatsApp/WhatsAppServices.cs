using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Bots;
using Recollect.Registration;

namespace Recollect.Connectors.WhatsApp;

/// <summary>Registers WhatsApp.</summary>
public static class WhatsAppServices
{
    /// <summary>Adds the channel <c>whatsapp</c>: messages of a WhatsApp number, through GREEN-API.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddWhatsApp(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<WhatsAppOptions, WhatsAppOptionsValidator>().BindConfiguration(WhatsAppOptions.SectionName);
        return services.AddNamed<IChatChannel, WhatsAppChannel>(WhatsAppChannel.ChannelName);
    }
}
