using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Chat;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Files;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Sessions;

namespace Recollect.Registration;

/// <summary>Registers the memory of chat clients.</summary>
public static class ChatServices
{
    /// <summary>Adds <see cref="ChatMemory"/>, and its files to those that the source <c>files</c> reads.</summary>
    /// <param name="services">The services; those of <see cref="RecollectServices.AddRecollect"/> and <see cref="RecallServices.AddRecall"/> must be among them.</param>
    public static IServiceCollection AddChatMemory(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<FilesSourceOptions>().PostConfigure<ChatLog>(static (files, log) => files.Paths.Add(log.Folder));
        services.TryAddSingleton(static provider =>
        {
            var source = provider.GetRequiredService<IOptions<SourceOptions>>().Value.Use;
            return string.Equals(source, FilesSource.SourceName, StringComparison.Ordinal)
                ? new ChatMemory(
                    provider.GetRequiredService<RecallEngine>(), provider.GetRequiredService<IMemoryStore>(), provider.GetRequiredService<MemoryPipeline>(),
                    provider.GetRequiredService<ChatLog>(), provider.GetRequiredService<HistoryTrimmer>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>())
                : throw new ConfigurationException($"Sources:Use is \"{source}\"; what is said in chats is read by \"{FilesSource.SourceName}\". Give the chats a memory of their own.");
        });
        return services;
    }
}
