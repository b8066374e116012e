namespace Recollect.Connectors.Sqlite.State;

/// <summary>The schema of <c>state.db</c>, version by version.</summary>
internal static class StateSchema
{
    /// <summary>The scripts, in order. A published one never changes.</summary>
    public static readonly IReadOnlyList<string> Migrations = [Version1, Version2, Version3, Version4];

    private const string Version1 =
        """
        CREATE TABLE runs(
            id TEXT PRIMARY KEY,
            mode TEXT NOT NULL,
            source TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            status TEXT NOT NULL,
            report TEXT);
        CREATE INDEX runs_by_start ON runs(started_at);

        CREATE TABLE run_entries(
            run_id TEXT NOT NULL,
            conversation_id TEXT NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT,
            PRIMARY KEY(run_id, conversation_id)) WITHOUT ROWID;
        CREATE INDEX run_entries_by_user ON run_entries(tenant, user);

        CREATE TABLE pending(
            conversation_id TEXT PRIMARY KEY,
            source TEXT NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            status TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            failed_runs INTEGER NOT NULL,
            reason TEXT,
            error TEXT,
            next_try_at INTEGER) WITHOUT ROWID;
        CREATE INDEX pending_by_source ON pending(source);
        CREATE INDEX pending_by_user ON pending(tenant, user);

        CREATE TABLE watermarks(source TEXT PRIMARY KEY, moment INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE outbox(
            delivery TEXT NOT NULL,
            key TEXT NOT NULL,
            memory_id TEXT NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            PRIMARY KEY(delivery, key)) WITHOUT ROWID;
        CREATE INDEX outbox_by_user ON outbox(tenant, user);

        CREATE TABLE tombstones(
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            forgotten_at INTEGER NOT NULL,
            PRIMARY KEY(tenant, user)) WITHOUT ROWID;

        CREATE TABLE paid_embeddings(
            conversation_id TEXT NOT NULL,
            key TEXT NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            vector BLOB NOT NULL,
            PRIMARY KEY(conversation_id, key));
        CREATE INDEX paid_embeddings_by_user ON paid_embeddings(tenant, user);

        CREATE TABLE upkeep(task TEXT PRIMARY KEY) WITHOUT ROWID;
        """;

    private const string Version2 =
        """
        ALTER TABLE pending ADD COLUMN started_at INTEGER;

        CREATE TABLE paid_writings(
            conversation_id TEXT PRIMARY KEY,
            key TEXT NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            writing TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX paid_writings_by_user ON paid_writings(tenant, user);
        """;

    private const string Version3 =
        """
        CREATE TABLE claims(
            thread_hash TEXT PRIMARY KEY,
            holder TEXT NOT NULL,
            ends_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX claims_by_holder ON claims(holder);

        CREATE TABLE queued(
            source TEXT NOT NULL,
            thread TEXT NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            updated_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            sent_at INTEGER,
            is_done INTEGER NOT NULL,
            PRIMARY KEY(source, thread)) WITHOUT ROWID;
        CREATE INDEX queued_unsent ON queued(source, due_at, updated_at, thread) WHERE is_done = 0 AND sent_at IS NULL;
        CREATE INDEX queued_sent ON queued(source, sent_at) WHERE is_done = 0 AND sent_at IS NOT NULL;
        CREATE INDEX queued_done ON queued(source, updated_at) WHERE is_done = 1;
        CREATE INDEX queued_by_user ON queued(tenant, user);
        """;

    private const string Version4 =
        """
        CREATE TABLE edits(
            thread_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            edit TEXT NOT NULL, -- JSON
            PRIMARY KEY(thread_id, at)) WITHOUT ROWID;
        CREATE INDEX edits_by_user ON edits(tenant, user);
        """;
}
