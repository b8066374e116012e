using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.State;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.Memorize;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Embedding.Local;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.UnitTests.Architecture;

/// <summary>A moved stage is a visible diff.</summary>
public sealed class PipelineOrderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly string _root = Directory.CreateTempSubdirectory("recollect-").FullName;
    private readonly ManualTime _time = new(Start.AddDays(1));
    private readonly List<string> _calls = [];
    private readonly OneConversation _source = new("t1");
    private readonly UnreliableReceiver _receiver = new();
    private readonly CallPlaces _places = new(calls: 1);

    public void Dispose()
    {
        _places.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task The_pipeline_calls_its_seams_in_the_order_that_was_approved()
    {
        using var store = new SqliteMemoryStore(Data);
        using var state = new SqliteStateStore(Data, _time);
        using var embedder = new LocalEmbeddingGenerator(new LocalEmbeddingOptions());
        _receiver.IsAway = true;
        await Pipeline(store, state, embedder).RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);
        _receiver.IsAway = false;
        _source.Thread = "t2";
        _calls.Clear();

        var report = await Pipeline(store, state, embedder).RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);

        Assert.Equal((1, 2), (report.Created, report.DeliveriesSent));
        Approved.Match("PipelineOrder", string.Join('\n', _calls));
    }

    private IOptions<DataOptions> Data => Options.Create(new DataOptions { Root = _root });

    private MemoryPipeline Pipeline(SqliteMemoryStore memories, SqliteStateStore files, LocalEmbeddingGenerator embedder)
    {
        var store = SeamRecorder<IMemoryStore>.Of(memories, _calls);
        var state = SeamRecorder<IStateStore>.Of(files, _calls);
        var delivery = SeamRecorder<IDelivery>.Of(_receiver, _calls);
        var writer = SeamRecorder<IMemoryWriter>.Of(new VerbatimWriter(Options.Create(new VerbatimOptions())), _calls);
        var segmentation = Options.Create(new SegmentationOptions());
        var runs = Options.Create(new RunOptions { Concurrency = 1, Delay = TimeSpan.Zero });
        var settlement = new Settlement(segmentation);
        var segmenter = new ConversationSegmenter(segmentation, Data);
        var failures = new FailureHandler(state, runs, _time, NullLogger<FailureHandler>.Instance);
        return new(
            new(
                new(state, store, settlement, segmenter, ChosenMirror.None, Options.Create(new SourceOptions()), _time, NullLogger<RunCoordinator>.Instance),
                SeamRecorder<ISource>.Of(_source, _calls),
                segmenter,
                new(store, state, writer, settlement),
                new(writer, state, _places),
                new(new(SeamRecorder<IEmbeddingGenerator<string, Embedding<float>>>.Of(embedder, _calls)), state, _places, Options.Create(new EmbeddingOptions())),
                store,
                new(state, store, failures, new(delivery), NullLogger<OutboxSender>.Instance),
                new(store, _source),
                failures,
                _places),
            Options.Create(new StoreOptions()));
    }

    private sealed class OneConversation(string thread) : ISource
    {
        public string Thread { get; set; } = thread;

        public string Name => "one";

        public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken) =>
            new[]
            {
                new SourceMessage
                {
                    Thread = new() { Key = new() { Source = "files", Owner = new() { User = "dana" }, Thread = Thread } },
                    Message = new() { Id = "m1", Role = Roles.User, Text = "Where did we park?", SentAt = Start },
                },
            }.ToAsyncEnumerable();

        public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "one"));
    }

    private sealed class UnreliableReceiver : IDelivery
    {
        public bool IsAway { get; set; }

        public string Name => "receiver";

        public ValueTask DeliverAsync(Memory memory, string idempotencyKey, CancellationToken cancellationToken) =>
            IsAway ? throw new DeliveryException("The receiver is away.") : ValueTask.CompletedTask;
    }
}
