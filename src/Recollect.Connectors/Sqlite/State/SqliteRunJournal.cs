using System.Text.Json;
using Recollect.Runs;
using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>The runs and what became of each conversation in them.</summary>
internal sealed class SqliteRunJournal(SqliteDatabase database) : IRunJournal
{
    private const string SaveRun =
        """
        INSERT INTO runs(id, mode, source, started_at, ended_at, status, report) VALUES(?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET mode = excluded.mode, source = excluded.source, started_at = excluded.started_at,
            ended_at = excluded.ended_at, status = excluded.status, report = excluded.report
        WHERE (mode, source, started_at, ended_at, status, report)
            IS NOT (excluded.mode, excluded.source, excluded.started_at, excluded.ended_at, excluded.status, excluded.report)
        """;

    private const string SaveEntry =
        """
        INSERT INTO run_entries(run_id, conversation_id, tenant, user, outcome, reason) VALUES(?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET tenant = excluded.tenant, user = excluded.user, outcome = excluded.outcome, reason = excluded.reason
        WHERE (tenant, user, outcome, reason) IS NOT (excluded.tenant, excluded.user, excluded.outcome, excluded.reason)
        """;

    /// <inheritdoc/>
    public async ValueTask SaveAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        await database.WriteAsync(session => session.Query(SaveRun)
            .With(run.Id)
            .With(run.Mode.ToString())
            .With(run.Source)
            .With(run.StartedAt.UtcTicks)
            .With(run.EndedAt?.UtcTicks)
            .With(run.Status.ToString())
            .With(run.Report is null ? null : JsonSerializer.Serialize(run.Report, StoredJson.Compact.RunReport))
            .Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyCollection<RunEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count > 0)
        {
            await database.WriteAsync(session => entries.Sum(entry => session.Query(SaveEntry)
                .With(entry.RunId).With(entry.ConversationId).With(entry.Tenant).With(entry.User).With(entry.Outcome).With(entry.Reason).Run()), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RunRecord>> ListAsync(int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await database.ReadAsync(session =>
        {
            using var row = session.Query("SELECT id, mode, source, started_at, ended_at, status, report FROM runs ORDER BY started_at DESC, id DESC LIMIT ?1").With(top);
            return row.List(static run => new RunRecord
            {
                Id = run.Text(0),
                Mode = Enum.Parse<RunMode>(run.Text(1)),
                Source = run.Text(2),
                StartedAt = run.Instant(3),
                EndedAt = run.InstantOrNull(4),
                Status = Enum.Parse<RunStatus>(run.Text(5)),
                Report = run.IsNull(6) ? null : JsonSerializer.Deserialize(run.Bytes(6), StoredJson.Compact.RunReport),
            });
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RunEntry>> GetEntriesAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return await database.ReadAsync(session =>
        {
            using var row = session.Query("SELECT run_id, conversation_id, tenant, user, outcome, reason FROM run_entries WHERE run_id = ?1 AND outcome <> ?2 ORDER BY conversation_id")
                .With(runId).With(Outcomes.Unchanged);
            return row.List(static entry => new RunEntry(entry.Text(0), entry.Text(1), entry.Text(2), entry.Text(3), entry.Text(4), entry.TextOrNull(5)));
        }, cancellationToken);
    }
}
