using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Runs;

namespace Recollect.Server.Api;

/// <summary>The JSON of a run.</summary>
internal sealed record RunReportJson
{
    public required string RunId { get; init; }

    public required string Mode { get; init; }

    public required string Status { get; init; }

    public required bool DryRun { get; init; }

    public required long Read { get; init; }

    public required long Created { get; init; }

    public required long Updated { get; init; }

    public required long Unchanged { get; init; }

    public required IReadOnlyDictionary<string, long> Skipped { get; init; }

    public required IReadOnlyDictionary<string, long> Failed { get; init; }

    public required long Retired { get; init; }

    public required long Messages { get; init; }

    public required long Unreadable { get; init; }

    public required ModelUsage Model { get; init; }

    public required EmbeddingUsage Embedding { get; init; }

    public required DeliveriesJson Deliveries { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    public required long ElapsedMs { get; init; }

    public static RunReportJson From(RunReport report) => new()
    {
        RunId = report.RunId,
        Mode = report.Mode.ToString().ToLowerInvariant(),
        Status = report.Status.ToString().ToLowerInvariant(),
        DryRun = report.DryRun,
        Read = report.Read,
        Created = report.Created,
        Updated = report.Updated,
        Unchanged = report.Unchanged,
        Skipped = report.Skipped,
        Failed = report.Failed,
        Retired = report.Retired,
        Messages = report.Messages,
        Unreadable = report.Unreadable,
        Model = report.Model,
        Embedding = report.Embedding,
        Deliveries = new(report.DeliveriesSent, report.DeliveriesFailed),
        Notices = report.Notices,
        ElapsedMs = (long)report.Elapsed.TotalMilliseconds,
    };
}
