using Recollect.Runs;

namespace Recollect.Server.Api;

/// <summary>A run as <c>status</c> lists it.</summary>
internal sealed record RunJson(string RunId, string Source, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Status, RunReportJson? Report)
{
    public static RunJson From(RunRecord run) =>
        new(run.Id, run.Source, run.StartedAt, run.EndedAt, run.Status.ToString().ToLowerInvariant(), run.Report is null ? null : RunReportJson.From(run.Report));
}
