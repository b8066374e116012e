using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.Memorize;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;

namespace Recollect.Runs;

/// <summary>The stages of the pipeline as configuration chose them, in the order of the flow.</summary>
internal sealed record PipelineStages(
    RunCoordinator Runs,
    ISource Source,
    ConversationSegmenter Segmenter,
    Triage Triage,
    ConversationWriter Writer,
    ConversationEmbedder Embedder,
    IMemoryStore Store,
    OutboxSender Outbox,
    Pruner Pruner,
    FailureHandler Failures,
    CallPlaces Places);
