using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;

namespace Recollect.Runs;

/// <summary>What a run did. Read = created + updated + unchanged + skipped + failed, always.</summary>
public sealed record RunReport
{
    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the kind of run.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>Gets how far it got.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Gets a value indicating whether nothing was done, only forecast.</summary>
    public bool DryRun { get; init; }

    /// <summary>Gets the conversations that were read.</summary>
    public required long Read { get; init; }

    /// <summary>Gets the memories made for the first time.</summary>
    public required long Created { get; init; }

    /// <summary>Gets the memories made again.</summary>
    public required long Updated { get; init; }

    /// <summary>Gets the memories that were still right.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Gets the conversations of which nothing was to be made, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Skipped { get; init; }

    /// <summary>Gets the conversations that could not be made, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Failed { get; init; }

    /// <summary>Gets the memories that do not stand any more and were removed.</summary>
    public required long Retired { get; init; }

    /// <summary>Gets the messages that were read, without duplicates.</summary>
    public required long Messages { get; init; }

    /// <summary>Gets the lines, rows or nodes that could not be read.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Gets a value indicating whether every part of the source was read to its end.</summary>
    public required bool SourceComplete { get; init; }

    /// <summary>Gets what the writer's model calls cost.</summary>
    public required ModelUsage Model { get; init; }

    /// <summary>Gets what the embedding calls cost.</summary>
    public required EmbeddingUsage Embedding { get; init; }

    /// <summary>Gets the deliveries that receivers took.</summary>
    public required long DeliveriesSent { get; init; }

    /// <summary>Gets the deliveries that failed.</summary>
    public required long DeliveriesFailed { get; init; }

    /// <summary>Gets how long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Gets things that the reader of the report should know, in plain sentences.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
