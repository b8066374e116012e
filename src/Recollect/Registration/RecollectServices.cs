using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Backups;
using Recollect.Bots;
using Recollect.Chat;
using Recollect.Edits;
using Recollect.Erasure;
using Recollect.Health;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Files;
using Recollect.Memorize;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Embedding.Local;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Extractive;
using Recollect.Memorize.Generation.Llm;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Runs;
using Recollect.Sessions;
using Recollect.Sessions.Files;
using Recollect.State;
using Recollect.Transfer;
using Recollect.Work;

namespace Recollect.Registration;

/// <summary>Registers the library. Connectors and recall have their own methods beside this one.</summary>
public static class RecollectServices
{
    /// <summary>Registers the pipeline with what needs no outside system; configuration chooses by name.</summary>
    /// <param name="services">The services; logging must be among them.</param>
    /// <param name="configuration">The settings.</param>
    public static IServiceCollection AddRecollect(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSettings().AddSeams().AddPipeline().AddWork().AddSessions();
    }

    private static IServiceCollection AddSettings(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DataOptions, DataOptionsValidator>().BindConfiguration(DataOptions.SectionName);
        services.AddOptionsWithValidateOnStart<SourceOptions, SourceOptionsValidator>().BindConfiguration(SourceOptions.SectionName);
        services.AddOptionsWithValidateOnStart<FilesSourceOptions, FilesSourceOptionsValidator>().BindConfiguration(FilesSourceOptions.SectionName);
        services.AddOptionsWithValidateOnStart<LocalEmbeddingOptions, LocalEmbeddingOptionsValidator>().BindConfiguration(LocalEmbeddingOptions.SectionName);
        services.AddOptionsWithValidateOnStart<ExtractiveOptions, ExtractiveOptionsValidator>().BindConfiguration(ExtractiveOptions.SectionName);
        services.AddOptionsWithValidateOnStart<VerbatimOptions, VerbatimOptionsValidator>().BindConfiguration(VerbatimOptions.SectionName);
        services.AddOptionsWithValidateOnStart<LlmOptions, LlmOptionsValidator>().BindConfiguration(LlmOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LlmOptions>, LlmSettingsValidator>());
        services.AddOptionsWithValidateOnStart<SegmentationOptions, SegmentationOptionsValidator>().BindConfiguration(SegmentationOptions.SectionName);
        services.AddOptions<GenerationOptions>().BindConfiguration(GenerationOptions.SectionName).ValidateOnStart();
        services.AddOptionsWithValidateOnStart<EmbeddingOptions, EmbeddingOptionsValidator>().BindConfiguration(EmbeddingOptions.SectionName);
        services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.SectionName).ValidateOnStart();
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.SectionName).ValidateOnStart();
        services.AddOptions<StateOptions>().BindConfiguration(StateOptions.SectionName).ValidateOnStart();
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.SectionName).ValidateOnStart();
        services.AddOptionsWithValidateOnStart<RunOptions, RunOptionsValidator>().BindConfiguration(RunOptions.SectionName);
        services.AddOptionsWithValidateOnStart<TriggerOptions, TriggerOptionsValidator>().BindConfiguration(TriggerOptions.SectionName);
        services.AddOptionsWithValidateOnStart<WorkerOptions, WorkerOptionsValidator>().BindConfiguration(WorkerOptions.SectionName);
        services.AddOptionsWithValidateOnStart<ScheduleOptions, ScheduleOptionsValidator>().BindConfiguration(ScheduleOptions.SectionName);
        services.AddOptionsWithValidateOnStart<SessionOptions, SessionOptionsValidator>().BindConfiguration(SessionOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SessionOptions>, SessionRolesValidator>());
        services.AddOptionsWithValidateOnStart<TokensByRoleOptions, TokensByRoleOptionsValidator>().BindConfiguration(TokensByRoleOptions.SectionName);
        services.AddOptionsWithValidateOnStart<LongTermOptions, LongTermOptionsValidator>().BindConfiguration(LongTermOptions.SectionName);
        return services;
    }

    private static IServiceCollection AddSeams(this IServiceCollection services)
    {
        services.AddNamed<ISource, FilesSource>(FilesSource.SourceName);
        services.AddNamed<IMemoryWriter, ExtractiveWriter>(ExtractiveWriter.WriterName);
        services.AddNamed<IMemoryWriter, VerbatimWriter>(VerbatimWriter.WriterName);
        services.AddNamed<IMemoryWriter, LlmWriter>(LlmWriter.WriterName);
        services.AddNamed<IEmbeddingGenerator<string, Embedding<float>>, LocalEmbeddingGenerator>(LocalEmbeddingOptions.EmbedderName);
        services.AddNamed<IWorkQueue, InProcessQueue>(InProcessQueue.QueueName);
        services.TryAddSingleton(provider => provider.Of<LocalEmbeddingOptions>());
        services.TryAddSingleton(provider => provider.Choose<ISource>("Sources:Use", provider.Of<SourceOptions>().Use));
        services.TryAddSingleton(provider => provider.Choose<IMemoryWriter>("Generation:Use", provider.Of<GenerationOptions>().Use));
        services.TryAddSingleton(provider => provider.Choose<IChatClient>($"{LlmOptions.SectionName}:{nameof(LlmOptions.Client)}", provider.Of<LlmOptions>().Client));
        services.TryAddSingleton(provider => provider.Choose<IEmbeddingGenerator<string, Embedding<float>>>("Embedding:Use", provider.Of<EmbeddingOptions>().Use));
        services.TryAddSingleton(provider => provider.Choose<IMemoryStore>("Stores:Use", provider.Of<StoreOptions>().Use));
        services.TryAddSingleton(provider => provider.Choose<IStateStore>("State:Use", provider.Of<StateOptions>().Use));
        services.TryAddSingleton(provider => provider.Choose<IWorkQueue>("Queue:Use", provider.Of<QueueOptions>().Use));
        return services;
    }

    private static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.TryAddSingleton<Settlement>();
        services.TryAddSingleton<ConversationSegmenter>();
        services.TryAddSingleton(provider => new ConversationWriter(
            provider.GetRequiredService<IMemoryWriter>(), provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<CallPlaces>(),
            provider.Named<IMemoryWriter>("Generation:Fallback", provider.Of<GenerationOptions>().Fallback)));
        services.TryAddSingleton<TextEmbedder>();
        services.TryAddSingleton<ConversationEmbedder>();
        services.TryAddSingleton<ChatLog>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IUserTrace, ChatLog>(static provider => provider.GetRequiredService<ChatLog>()));
        services.TryAddSingleton<Triage>();
        services.TryAddSingleton<FailureHandler>();
        services.TryAddSingleton<Pruner>();
        services.TryAddSingleton(provider => new ChosenMirror(provider.Named<IMirror>("Delivery:Mirror", provider.Of<DeliveryOptions>().Mirror)));
        services.TryAddSingleton<RunCoordinator>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<OutboxSender>(provider, new ChosenDelivery(provider.Named<IDelivery>("Delivery:Use", provider.Of<DeliveryOptions>().Use))));
        services.TryAddSingleton(provider => new CallPlaces(provider.GetRequiredService<IOptions<RunOptions>>().Value.Concurrency ?? Environment.ProcessorCount));
        services.TryAddSingleton<PipelineStages>();
        services.TryAddSingleton(provider => new MemoryPipeline(provider.GetRequiredService<PipelineStages>(), provider.GetRequiredService<IOptions<StoreOptions>>()));
        services.TryAddSingleton(provider => new UserEraser(
            provider.GetRequiredService<IMemoryStore>(), provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<ConversationSegmenter>(),
            provider.GetRequiredService<ChosenMirror>(), provider.GetServices<IUserTrace>(), provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<IOptions<DataOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new MemoryEditor(
            provider.GetRequiredService<IMemoryStore>(), provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<ConversationSegmenter>(),
            provider.GetRequiredService<ChosenMirror>(), provider.Of<DataOptions>().Root, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<MemoryArchive>();
        services.AddOptionsWithValidateOnStart<BackupOptions, BackupOptionsValidator>().BindConfiguration(BackupOptions.SectionName);
        services.TryAddSingleton(provider => new BackupMaker(
            provider.GetRequiredService<MemoryArchive>(), provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<IOptions<BackupOptions>>(), provider.GetRequiredService<IOptions<DataOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BackupMaker>>()));
        services.TryAddSingleton(provider => new BackupRestorer(
            provider.GetRequiredService<MemoryArchive>(), provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<IOptions<DataOptions>>()));
        services.TryAddSingleton<Doctor>();
        services.TryAddSingleton<StatusReader>();
        return services;
    }

    /// <summary>Adds what puts conversations on a queue and works on them.</summary>
    private static IServiceCollection AddWork(this IServiceCollection services)
    {
        services.TryAddSingleton<ClaimHolder>();
        services.TryAddSingleton<BatchRunner>();
        services.TryAddSingleton(provider => new ConversationReader(provider.GetRequiredService<ISource>(), provider.GetRequiredService<ConversationSegmenter>()));
        services.TryAddSingleton(provider => new PostedMemories(
            provider.GetRequiredService<PipelineStages>(), provider.GetRequiredService<MemoryPipeline>(), provider.GetRequiredService<ConversationReader>(), provider.GetRequiredService<IOptions<StoreOptions>>()));
        services.TryAddSingleton(provider => new RemoteWork(
            provider.GetRequiredService<PipelineStages>(), provider.GetRequiredService<MemoryPipeline>(), provider.GetRequiredService<ConversationReader>(), provider.GetRequiredService<IStateStore>(),
            provider.Of<StoreOptions>().KeepText));
        services.TryAddSingleton(provider => new MemoryTrigger(
            provider.GetRequiredService<ISource>(), provider.GetRequiredService<IMemoryStore>(), provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<IWorkQueue>(),
            provider.GetRequiredService<BatchRunner>(), provider.GetRequiredService<CallPlaces>(), provider.GetRequiredService<IOptions<SourceOptions>>(), provider.GetRequiredService<IOptions<TriggerOptions>>(),
            provider.GetRequiredService<IOptions<WorkerOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<MemoryTrigger>>()));
        services.TryAddSingleton(provider => new QueueWatch(
            provider.GetRequiredService<IWorkQueue>(), provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<IOptions<SourceOptions>>(),
            provider.GetRequiredService<IOptions<WorkerOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<QueueWatch>>()));
        services.TryAddSingleton(provider => new MemoryWorker(
            provider.GetRequiredService<IWorkQueue>(), provider.GetRequiredService<BatchRunner>(), provider.GetRequiredService<MemoryTrigger>(), provider.GetRequiredService<QueueWatch>(),
            provider.GetServices<ITaskHandler>(), provider.GetRequiredService<CallPlaces>(), provider.GetRequiredService<ChosenMirror>(), provider.GetRequiredService<IOptions<WorkerOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MemoryWorker>>()));
        return services;
    }

    /// <summary>Adds what a bot needs to keep live conversations. Nothing of it is touched by who does not use it.</summary>
    private static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.TryAddSingleton<ITokenCounter>(provider => new TiktokenCounter(provider.Of<SessionOptions>().Encoding));
        services.TryAddSingleton<HistoryTrimmer>();
        services.TryAddSingleton<RoleResolver>();
        services.TryAddSingleton<IMemoryGate, OpenMemoryGate>();
        services.AddNamed<ISessionStore, FileSessionStore>(FileSessionStore.StoreName);
        services.AddNamed<ISource, SessionSource>(SessionSource.SourceName);
        services.TryAddSingleton(provider => provider.Choose<ISessionStore>("Sessions:Store", provider.Of<SessionOptions>().Store));
        services.TryAddSingleton<SessionTransfer>();
        services.TryAddSingleton(provider => new LiveSessions(
            provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<HistoryTrimmer>(), provider.GetRequiredService<ITokenCounter>(), provider.GetRequiredService<SessionTransfer>(),
            provider.GetRequiredService<IOptions<SessionOptions>>(), provider.GetRequiredService<IOptions<TokensByRoleOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LiveSessions>>()));
        services.TryAddSingleton(provider => new SessionSweeper(
            provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<SessionTransfer>(), provider.GetRequiredService<IMemoryGate>(),
            provider.GetRequiredService<IOptions<SessionOptions>>(), provider.GetRequiredService<IOptions<LongTermOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SessionSweeper>>()));
        services.TryAddSingleton(provider => new SessionChat(
            provider.GetRequiredService<LiveSessions>(), provider.GetRequiredService<HistoryTrimmer>(), provider.GetRequiredService<RoleResolver>(), provider.GetRequiredService<IMemoryGate>(),
            provider.GetRequiredService<RecallEngine>(), provider.GetRequiredService<IChatClient>(), provider.GetRequiredService<IOptions<SessionOptions>>(),
            provider.GetRequiredService<IOptions<TokensByRoleOptions>>(), provider.GetRequiredService<IOptions<LongTermOptions>>(), provider.GetRequiredService<TurnNumbers>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SessionChat>>()));
        services.TryAddSingleton<TurnNumbers>();
        services.TryAddSingleton(provider => new BotStatusReader(
            provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<TurnNumbers>(), provider.GetRequiredService<IOptions<SessionOptions>>(),
            provider.GetRequiredService<IOptions<DataOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddOptionsWithValidateOnStart<BotOptions, BotOptionsValidator>().BindConfiguration(BotOptions.SectionName);
        services.TryAddSingleton(provider => new ChatBot(
            provider.GetRequiredService<SessionChat>(), provider.GetRequiredService<LiveSessions>(), provider.GetRequiredService<IOptions<BotOptions>>(),
            provider.GetRequiredService<IOptions<SessionOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ChatBot>>()));
        return services;
    }

    /// <summary>Gets the chosen implementation of a seam that may be left out.</summary>
    private static TService? Named<TService>(this IServiceProvider provider, string setting, string name)
        where TService : class =>
        string.Equals(name, DeliveryOptions.None, StringComparison.Ordinal) ? null : provider.Choose<TService>(setting, name);

    private static TOptions Of<TOptions>(this IServiceProvider provider)
        where TOptions : class => provider.GetRequiredService<IOptions<TOptions>>().Value;
}
