using Microsoft.Extensions.AI;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Sessions;
using Recollect.State;
using Recollect.Work;

namespace Recollect.UnitTests.Architecture;

/// <summary>The interfaces that have many implementations, and the suite that each of them passes.</summary>
internal static class Seams
{
    public static readonly IReadOnlyDictionary<Type, string> Suites = new Dictionary<Type, string>
    {
        [typeof(ISource)] = "SourceConformance",
        [typeof(IMemoryWriter)] = "MemoryWriterConformance",
        [typeof(IEmbeddingGenerator<string, Embedding<float>>)] = "EmbeddingGeneratorConformance",
        [typeof(IMemoryStore)] = "MemoryStoreConformance",
        [typeof(ILexicalSearch)] = "LexicalSearchConformance",
        [typeof(IUserDirectory)] = "UserDirectoryConformance",
        [typeof(IMemoryGrowth)] = "MemoryGrowthConformance",
        [typeof(IStateStore)] = "StateStoreConformance",
        [typeof(IDelivery)] = "DeliveryConformance",
        [typeof(IMirror)] = "MirrorConformance",
        [typeof(ISessionStore)] = "SessionStoreConformance",
        [typeof(IWorkQueue)] = "WorkQueueConformance",
    };

    /// <summary>Implementations without a subclass of their own: those that only hand on to another one, with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> Wrappers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ServiceSource"] = "Reads single conversations of a service's source, and cannot list any: RemoteWorkerTests.",
        ["ServiceMemoryStore"] = "Hands memories to a service's store, and reads none back: RemoteWorkerTests.",
        ["ServiceStateStore"] = "Claims in a service's state; the rest is the state sqlite: RemoteWorkerTests.",
    };
}
