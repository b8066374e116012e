using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Registration;
using Recollect.Work;

namespace Recollect.Connectors.Sqs;

/// <summary>Registers the work queue on Amazon SQS.</summary>
public static class SqsServices
{
    /// <summary>Adds the work queue <c>sqs</c>.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddSqs(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SqsOptions, SqsOptionsValidator>().BindConfiguration(SqsOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddNamed<IWorkQueue, SqsQueue>(SqsQueue.QueueName);
    }
}
