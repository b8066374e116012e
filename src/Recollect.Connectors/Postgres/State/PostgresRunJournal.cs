using System.Text.Json;
using Recollect.Runs;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>The runs and what became of each conversation in them.</summary>
internal sealed class PostgresRunJournal(PostgresDatabase database) : IRunJournal
{
    private static readonly string SaveRuns = PostgresUpsert.Of(
        "recollect.runs",
        [("id", "text")],
        [("mode", "text"), ("source", "text"), ("started_at", "bigint"), ("ended_at", "bigint"), ("status", "text"), ("report", "text")]);

    private static readonly string SaveEntries = PostgresUpsert.Of(
        "recollect.run_entries",
        [("run_id", "text"), ("conversation_id", "text")],
        [("tenant", "text"), ("user_id", "text"), ("outcome", "text"), ("reason", "text")]);

    /// <inheritdoc/>
    public async ValueTask SaveAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var report = run.Report is null ? null : ExactText.Encode(JsonSerializer.Serialize(run.Report, StoredJson.Compact.RunReport));
        await database.WriteAsync((connection, token) => connection.RunAsync(
            SaveRuns,
            [
                new[] { ExactText.Encode(run.Id) }, new[] { run.Mode.ToString() }, new[] { ExactText.Encode(run.Source) }, new[] { run.StartedAt.UtcTicks },
                new[] { run.EndedAt?.UtcTicks }, new[] { run.Status.ToString() }, new[] { report },
            ],
            token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyCollection<RunEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count > 0)
        {
            RunEntry[] last = [.. entries.Reverse().DistinctBy(static entry => (entry.RunId, entry.ConversationId))];
            await database.WriteAsync((connection, token) => connection.RunAsync(
                SaveEntries,
                [
                    last.Texts(static entry => entry.RunId), last.Texts(static entry => entry.ConversationId), last.Texts(static entry => entry.Tenant),
                    last.Texts(static entry => entry.User), last.Texts(static entry => entry.Outcome), last.Texts(static entry => entry.Reason),
                ],
                token), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RunRecord>> ListAsync(int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT id, mode, source, started_at, ended_at, status, report FROM recollect.runs ORDER BY started_at DESC, id DESC LIMIT $1",
            [top],
            static row => new RunRecord
            {
                Id = row.Text(0),
                Mode = Enum.Parse<RunMode>(row.Text(1)),
                Source = row.Text(2),
                StartedAt = row.Instant(3),
                EndedAt = row.InstantOrNull(4),
                Status = Enum.Parse<RunStatus>(row.Text(5)),
                Report = row.TextOrNull(6) is { } report ? JsonSerializer.Deserialize(report, StoredJson.Compact.RunReport) : null,
            },
            token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RunEntry>> GetEntriesAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT run_id, conversation_id, tenant, user_id, outcome, reason FROM recollect.run_entries WHERE run_id = $1 AND outcome <> $2 ORDER BY conversation_id",
            [ExactText.Encode(runId), Outcomes.Unchanged],
            static row => new RunEntry(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.TextOrNull(5)),
            token), cancellationToken);
    }
}
