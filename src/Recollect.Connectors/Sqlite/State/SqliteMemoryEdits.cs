using System.Text.Json;
using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>What people did to memories by hand.</summary>
internal sealed class SqliteMemoryEdits(SqliteDatabase database) : IMemoryEdits
{
    private const string Save =
        """
        INSERT INTO edits(thread_id, at, tenant, user, edit) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET tenant = excluded.tenant, user = excluded.user, edit = excluded.edit
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryEdit>> ListAsync(string? threadId, CancellationToken cancellationToken) =>
        await database.ReadAsync(session =>
        {
            using var row = threadId is null
                ? session.Query("SELECT edit FROM edits ORDER BY thread_id, at")
                : session.Query("SELECT edit FROM edits WHERE thread_id = ?1 ORDER BY at").With(threadId);
            return row.List(static edit => JsonSerializer.Deserialize(edit.Text(0), MemoryEditJson.Default.MemoryEdit)!);
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddAsync(MemoryEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        await database.WriteAsync(session => session.Query(Save)
            .With(edit.ThreadId)
            .With(edit.At.UtcTicks)
            .With(edit.Tenant)
            .With(edit.User)
            .With(JsonSerializer.Serialize(edit, MemoryEditJson.Default.MemoryEdit))
            .Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(IReadOnlyCollection<MemoryEdit> edits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edits);
        await database.WriteAsync(session =>
        {
            SqliteUpkeep.NoteScrub(session);
            return edits.Sum(edit => session.Query("DELETE FROM edits WHERE thread_id = ?1 AND at = ?2").With(edit.ThreadId).With(edit.At.UtcTicks).Run());
        }, cancellationToken);
        await database.AloneAsync(static session => SqliteUpkeep.ScrubIfNoted(session, ""), CancellationToken.None);
    }
}
