using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Registration;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Registers the work queue on RabbitMQ.</summary>
public static class RabbitMqServices
{
    /// <summary>Adds the work queue <c>rabbitmq</c>.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddRabbitMq(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RabbitMqOptions, RabbitMqOptionsValidator>().BindConfiguration(RabbitMqOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddNamed<IWorkQueue, RabbitMqQueue>(RabbitMqQueue.QueueName);
    }
}
