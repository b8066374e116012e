using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>The conversations that were put on the work queue, until they are done.</summary>
internal sealed class SqliteQueuedConversations(SqliteDatabase database) : IQueuedConversations
{
    private const string Insert = "INSERT INTO queued(source, thread, tenant, user, updated_at, due_at, is_done) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET";

    private const string TakeLaterState =
        """
        tenant = iif(excluded.updated_at > updated_at, excluded.tenant, tenant),
        user = iif(excluded.updated_at > updated_at, excluded.user, user),
        updated_at = max(updated_at, excluded.updated_at)
        """;

    private const string Note =
        $"""
        {Insert} {TakeLaterState},
            due_at = iif(is_done, excluded.due_at, min(due_at, excluded.due_at)), sent_at = iif(is_done, NULL, sent_at), is_done = 0
        WHERE excluded.updated_at > updated_at OR (NOT is_done AND excluded.due_at < due_at)
        """;

    private const string Postpone =
        $"""
        {Insert} {TakeLaterState}, due_at = excluded.due_at, sent_at = NULL, is_done = 0
        WHERE excluded.updated_at > updated_at OR (NOT is_done AND (due_at <> excluded.due_at OR sent_at IS NOT NULL))
        """;

    private const string Finish =
        $"""
        {Insert} {TakeLaterState}, sent_at = NULL, is_done = is_done OR excluded.updated_at >= updated_at
        WHERE excluded.updated_at > updated_at OR (NOT is_done AND (excluded.updated_at = updated_at OR sent_at IS NOT NULL))
        """;

    private const string Due =
        """
        SELECT thread FROM (
            SELECT * FROM (SELECT thread, due_at, updated_at FROM queued
                WHERE source = ?1 AND is_done = 0 AND sent_at IS NULL AND due_at <= ?2 ORDER BY due_at, updated_at, thread LIMIT ?4)
            UNION ALL SELECT thread, due_at, updated_at FROM queued WHERE source = ?1 AND is_done = 0 AND sent_at < ?3 AND due_at <= ?2)
        ORDER BY due_at, updated_at, thread LIMIT ?4
        """;

    /// <summary>Two counts, each by its index, which what is done is not in.</summary>
    private const string Count =
        """
        SELECT (SELECT count(*) FROM queued WHERE source = ?1 AND is_done = 0 AND sent_at IS NULL)
            + (SELECT count(*) FROM queued WHERE source = ?1 AND is_done = 0 AND sent_at IS NOT NULL),
            (SELECT min(sent_at) FROM queued WHERE source = ?1 AND is_done = 0 AND sent_at IS NOT NULL)
        """;

    /// <inheritdoc/>
    public ValueTask NoteAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => SaveAsync(Note, conversations, isDone: false, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<QueuedConversation>> FilterNewAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        return await database.ReadAsync(
            session => conversations.Where(one => session.Query("SELECT is_done AND updated_at < ?3 FROM queued WHERE source = ?1 AND thread = ?2")
                .With(one.Source).With(one.Thread).With(one.UpdatedAt.UtcTicks).Number() is null or 1).ToList(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> TakeDueAsync(
        string source, DateTimeOffset now, DateTimeOffset resendBefore, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await database.WriteAsync(session =>
        {
            List<string> taken;
            using (var row = session.Query(Due).With(source).With(now.UtcTicks).With(resendBefore.UtcTicks).With(top))
            {
                taken = row.List(static one => one.Text(0));
            }

            foreach (var thread in taken)
            {
                session.Query("UPDATE queued SET sent_at = ?3 WHERE source = ?1 AND thread = ?2").With(source).With(thread).With(now.UtcTicks).Run();
            }

            return taken;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> TakeAsync(string source, IReadOnlyCollection<string> threads, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        return threads.Count == 0 ? [] : await database.WriteAsync(
            session => threads.Where(thread => session
                .Query("UPDATE queued SET sent_at = ?3 WHERE source = ?1 AND thread = ?2 AND is_done = 0 AND sent_at IS NULL").With(source).With(thread).With(now.UtcTicks).Run() > 0).ToList(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask UnsendAsync(string source, IReadOnlyCollection<string> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        if (threads.Count > 0)
        {
            await database.WriteAsync(session => threads.Sum(thread => session
                .Query("UPDATE queued SET sent_at = NULL WHERE source = ?1 AND thread = ?2 AND is_done = 0 AND sent_at IS NOT NULL").With(source).With(thread).Run()), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask PostponeAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => SaveAsync(Postpone, conversations, isDone: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask FinishAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => SaveAsync(Finish, conversations, isDone: true, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DropDoneAsync(string source, DateTimeOffset before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await database.WriteAsync(
            session => session.Query("DELETE FROM queued WHERE source = ?1 AND is_done = 1 AND updated_at < ?2").With(source).With(before.UtcTicks).Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<QueuedCount> CountAsync(string source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return await database.ReadAsync(
            session =>
            {
                using var row = session.Query(Count).With(source);
                return row.List(static one => new QueuedCount(one.Number(0), one.InstantOrNull(1)))[0];
            },
            cancellationToken);
    }

    private async ValueTask SaveAsync(string statement, IReadOnlyCollection<QueuedConversation> conversations, bool isDone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        if (conversations.Count > 0)
        {
            await database.WriteAsync(session => conversations.Sum(one => session.Query(statement)
                .With(one.Source).With(one.Thread).With(one.Tenant).With(one.User).With(one.UpdatedAt.UtcTicks).With(one.DueAt.UtcTicks).With(isDone ? 1 : 0).Run()), cancellationToken);
        }
    }
}
