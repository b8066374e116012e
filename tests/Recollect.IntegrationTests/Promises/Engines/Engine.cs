using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Chat;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.State;
using Recollect.Edits;
using Recollect.Erasure;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.Sessions;
using Recollect.Sessions.Files;
using Recollect.State;
using Recollect.Transfer;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>One process of the engine over real files; every call to a seam goes through a plan of faults.</summary>
internal sealed class Engine : IDisposable
{
    private readonly SqliteMemoryStore _files;
    private readonly SqliteStateStore _stateFiles;
    private readonly IOptions<DataOptions> _data;
    private readonly ConversationSegmenter _segmenter;
    private readonly TimeProvider _time;
    private readonly FaultPlan _plan;
    private readonly EngineParts _parts;
    private readonly CallPlaces _places;

    public Engine(string root, ISource source, EngineParts parts, TimeProvider time, EngineSettings settings, FaultPlan plan)
    {
        (_time, _plan, _parts, _data) = (time, plan, parts, Options.Create(new DataOptions { Root = root }));
        _files = new(_data);
        _stateFiles = new(_data, time);
        var store = FaultyProxy<IMemoryStore>.Of(_files, plan);
        var state = FaultyProxy<IStateStore>.Of(_stateFiles, plan);
        var segmentation = Options.Create(new SegmentationOptions { Window = settings.Window, MinMessages = settings.MinMessages });
        var runs = Options.Create(new RunOptions { Concurrency = settings.Concurrency, ParkAfterRuns = settings.ParkAfterRuns, Delay = settings.Delay });
        var settlement = new Settlement(segmentation);
        var failures = new FailureHandler(state, runs, time, NullLogger<FailureHandler>.Instance);
        var delivery = parts.Delivery is null ? null : FaultyProxy<IDelivery>.Of(parts.Delivery, plan);
        var writer = FaultyProxy<IMemoryWriter>.Of(parts.Writer, plan);
        (_segmenter, _places) = (new(segmentation, _data), new(settings.Concurrency));
        Pipeline = new(
            new(
                new(state, store, settlement, _segmenter, new(parts.Mirror), Options.Create(new SourceOptions { Name = ScriptedSource.SourceName }), time, NullLogger<RunCoordinator>.Instance),
                source,
                _segmenter,
                new(store, state, writer, settlement),
                new(writer, state, _places),
                new(new(FaultyProxy<IEmbeddingGenerator<string, Embedding<float>>>.Of(parts.Embedder, plan)), state, _places, Options.Create(new EmbeddingOptions { ChunkCharacters = settings.ChunkCharacters, MaxTokensPerRun = settings.MaxTokensPerRun })),
                store,
                new(state, store, failures, new(delivery), NullLogger<OutboxSender>.Instance),
                new(store, source),
                failures,
                _places),
            Options.Create(new StoreOptions { KeepText = settings.KeepText }));
    }

    /// <summary>Gets the pipeline.</summary>
    public MemoryPipeline Pipeline { get; }

    /// <summary>Gets the store, without faults.</summary>
    public SqliteMemoryStore Store => _files;

    /// <summary>Gets the state, without faults.</summary>
    public IStateStore State => _stateFiles;

    /// <summary>Gets the archive over store and state, without faults.</summary>
    public MemoryArchive Archive => new(Store, State);

    /// <summary>Gets the eraser over store and state, without faults.</summary>
    public UserEraser Eraser => new(
        Store, State, _segmenter, new(_parts.Mirror), [new ChatLog(_data, _time)], new FileSessionStore(Options.Create(new SessionOptions()), _data, _time, NullLogger<FileSessionStore>.Instance), _data, _time);

    /// <summary>Gets the editor over store and state, without faults.</summary>
    public MemoryEditor Editor => new(Store, State, _segmenter, new(_parts.Mirror), _data.Value.Root, _time);

    /// <summary>Runs once and says how it went, whatever happened.</summary>
    public async Task<RunOutcome> TryRunAsync(RunRequest request)
    {
        var ledger = new LedgerCatcher();
        try
        {
            var report = await Pipeline.RunAsync(request, ledger, _plan.Token);
            return new(report, Failure: null);
        }
        catch (Exception ex) when (ex is not Xunit.Sdk.XunitException)
        {
            return new(ledger.Caught?.ToReport(request, RunStatus.Aborted, sourceComplete: false, TimeSpan.Zero), ex);
        }
    }

    /// <summary>Runs once, to its end.</summary>
    public Task<RunReport> RunAsync(RunRequest request) => Pipeline.RunAsync(request, progress: null, CancellationToken.None);

    /// <summary>Gets everything that is stored, ordered by id.</summary>
    public async Task<List<MemoryRecord>> StoredAsync()
    {
        await Store.InitializeAsync(CancellationToken.None);
        return await Store.ExportAsync(CancellationToken.None).ToListAsync();
    }

    public void Dispose()
    {
        _files.Dispose();
        _stateFiles.Dispose();
        _places.Dispose();
    }
}
