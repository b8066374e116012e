using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>The conversations that were put on the work queue, until they are done. Rows are locked in order of their keys, so that two callers never wait for each other.</summary>
internal sealed class PostgresQueuedConversations(PostgresDatabase database) : IQueuedConversations
{
    private const string TakeLaterState =
        """
        tenant = CASE WHEN excluded.updated_at > o.updated_at THEN excluded.tenant ELSE o.tenant END,
        user_id = CASE WHEN excluded.updated_at > o.updated_at THEN excluded.user_id ELSE o.user_id END,
        updated_at = greatest(o.updated_at, excluded.updated_at)
        """;

    private const string Take =
        """
        WITH unsent AS (SELECT thread_hash, thread, due_at, updated_at FROM recollect.queued
            WHERE source = $1 AND NOT is_done AND sent_at IS NULL AND due_at <= $2
            ORDER BY due_at, updated_at, thread LIMIT $4 FOR UPDATE SKIP LOCKED),
        lost AS (SELECT thread_hash, thread, due_at, updated_at FROM recollect.queued
            WHERE source = $1 AND NOT is_done AND sent_at < $3 AND due_at <= $2
            ORDER BY due_at, updated_at, thread LIMIT $4 FOR UPDATE SKIP LOCKED),
        due AS (SELECT * FROM unsent UNION ALL SELECT * FROM lost ORDER BY due_at, updated_at, thread LIMIT $4)
        UPDATE recollect.queued q SET sent_at = $2 FROM due WHERE q.thread_hash = due.thread_hash
        RETURNING due.thread, due.due_at, due.updated_at
        """;

    private const string TakeNamed =
        """
        WITH unsent AS (SELECT thread_hash FROM recollect.queued WHERE thread_hash = ANY($1) AND NOT is_done AND sent_at IS NULL ORDER BY thread_hash FOR UPDATE)
        UPDATE recollect.queued q SET sent_at = $2 FROM unsent WHERE q.thread_hash = unsent.thread_hash RETURNING q.thread_hash
        """;

    private const string Unsend =
        """
        WITH sent AS (SELECT thread_hash FROM recollect.queued WHERE thread_hash = ANY($1) AND NOT is_done AND sent_at IS NOT NULL ORDER BY thread_hash FOR UPDATE)
        UPDATE recollect.queued q SET sent_at = NULL FROM sent WHERE q.thread_hash = sent.thread_hash
        """;

    private const string DropDone =
        """
        WITH old AS (SELECT thread_hash FROM recollect.queued WHERE source = $1 AND is_done AND updated_at < $2 ORDER BY thread_hash FOR UPDATE)
        DELETE FROM recollect.queued q USING old WHERE q.thread_hash = old.thread_hash
        """;

    private const string FilterNew =
        """
        SELECT position FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS n(thread_hash, updated_at, position) LEFT JOIN recollect.queued q USING (thread_hash)
        WHERE q.thread_hash IS NULL OR (q.is_done AND q.updated_at < n.updated_at) ORDER BY position
        """;

    /// <summary>Two counts, each by its index, which what is done is not in.</summary>
    private const string Count =
        """
        SELECT (SELECT count(*) FROM recollect.queued WHERE source = $1 AND NOT is_done AND sent_at IS NULL)
            + (SELECT count(*) FROM recollect.queued WHERE source = $1 AND NOT is_done AND sent_at IS NOT NULL),
            (SELECT min(sent_at) FROM recollect.queued WHERE source = $1 AND NOT is_done AND sent_at IS NOT NULL)
        """;

    private static readonly string Note = Save(
        static given => $"{given}updated_at > o.updated_at OR (NOT o.is_done AND {given}due_at < o.due_at)",
        """
        due_at = CASE WHEN o.is_done THEN excluded.due_at ELSE least(o.due_at, excluded.due_at) END,
        sent_at = CASE WHEN o.is_done THEN NULL ELSE o.sent_at END, is_done = false
        """);

    private static readonly string Postpone = Save(
        static given => $"{given}updated_at > o.updated_at OR (NOT o.is_done AND ({given}due_at <> o.due_at OR o.sent_at IS NOT NULL))",
        "due_at = excluded.due_at, sent_at = NULL, is_done = false");

    private static readonly string Finish = Save(
        static given => $"{given}updated_at > o.updated_at OR (NOT o.is_done AND ({given}updated_at = o.updated_at OR o.sent_at IS NOT NULL))",
        "sent_at = NULL, is_done = o.is_done OR excluded.updated_at >= o.updated_at");

    /// <inheritdoc/>
    public ValueTask NoteAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => SaveAsync(Note, conversations, isDone: false, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<QueuedConversation>> FilterNewAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        QueuedConversation[] given = [.. conversations];
        Guid[] hashes = [.. given.Select(static one => HashedKey.Of(one.Source, one.Thread))];
        return await database.ReadAsync((connection, token) => connection.ListAsync(
            FilterNew, [hashes, given.Instants(static one => one.UpdatedAt)], row => given[row.GetInt64(0) - 1], token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> TakeDueAsync(
        string source, DateTimeOffset now, DateTimeOffset resendBefore, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var taken = await database.WriteAsync((connection, token) => connection.ListAsync(
            Take,
            [ExactText.Encode(source), now.UtcTicks, resendBefore.UtcTicks, top],
            static row => (Thread: row.Text(0), DueAt: row.GetInt64(1), UpdatedAt: row.GetInt64(2)),
            token), cancellationToken);
        return [.. taken.OrderBy(static one => (one.DueAt, one.UpdatedAt)).ThenBy(static one => one.Thread, StringComparer.Ordinal).Select(static one => one.Thread)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> TakeAsync(string source, IReadOnlyCollection<string> threads, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        if (threads.Count == 0)
        {
            return [];
        }

        Guid[] hashes = [.. threads.Select(thread => HashedKey.Of(source, thread))];
        HashSet<Guid> taken = [.. await database.WriteAsync((connection, token) => connection.ListAsync(TakeNamed, [hashes, now.UtcTicks], static row => row.GetGuid(0), token), cancellationToken)];
        return [.. threads.Where((_, i) => taken.Remove(hashes[i]))];
    }

    /// <inheritdoc/>
    public async ValueTask UnsendAsync(string source, IReadOnlyCollection<string> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        if (threads.Count > 0)
        {
            Guid[] hashes = [.. threads.Select(thread => HashedKey.Of(source, thread))];
            await database.WriteAsync((connection, token) => connection.RunAsync(Unsend, [hashes], token), cancellationToken);
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
        await database.WriteAsync((connection, token) => connection.RunAsync(DropDone, [ExactText.Encode(source), before.UtcTicks], token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<QueuedCount> CountAsync(string source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var rows = await database.ReadAsync((connection, token) => connection.ListAsync(
            Count, [ExactText.Encode(source)], static row => new QueuedCount(row.GetInt64(0), row.InstantOrNull(1)), token), cancellationToken);
        return rows[0];
    }

    private static string Save(Func<string, string> isChange, string change) => PostgresUpsert.Of(
        "recollect.queued",
        [("thread_hash", "uuid")],
        [("source", "text"), ("thread", "text"), ("tenant", "text"), ("user_id", "text"), ("updated_at", "bigint"), ("due_at", "bigint"), ("is_done", "boolean")],
        isChange,
        $"{TakeLaterState}, {change}");

    private async ValueTask SaveAsync(string statement, IReadOnlyCollection<QueuedConversation> conversations, bool isDone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        if (conversations.Count > 0)
        {
            await database.WriteAsync(async (connection, token) =>
            {
                var changed = 0;
                foreach (var round in Rounds(conversations))
                {
                    changed += await connection.RunAsync(
                        statement,
                        [
                            round.Keys.ToArray(), round.Values.Texts(static one => one.Source), round.Values.Texts(static one => one.Thread),
                            round.Values.Texts(static one => one.Tenant), round.Values.Texts(static one => one.User), round.Values.Instants(static one => one.UpdatedAt),
                            round.Values.Instants(static one => one.DueAt), Enumerable.Repeat(isDone, round.Count).ToArray(),
                        ],
                        token);
                }

                return changed;
            }, cancellationToken);
        }
    }

    /// <summary>A statement changes a row once: what is given twice is given in two rounds.</summary>
    private static List<Dictionary<Guid, QueuedConversation>> Rounds(IReadOnlyCollection<QueuedConversation> conversations)
    {
        var rounds = new List<Dictionary<Guid, QueuedConversation>>();
        var seen = new Dictionary<Guid, int>();
        foreach (var conversation in conversations)
        {
            var key = HashedKey.Of(conversation.Source, conversation.Thread);
            var round = seen[key] = seen.GetValueOrDefault(key, -1) + 1;
            if (round == rounds.Count)
            {
                rounds.Add([]);
            }

            rounds[round].Add(key, conversation);
        }

        return rounds;
    }
}
