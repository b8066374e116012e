namespace Recollect.Connectors.Postgres.State;

/// <summary>The tables of the state, version by version.</summary>
/// <remarks>
/// Times are ticks of 100 nanoseconds since the year 1, because those of PostgreSQL are coarser; only claims, which are never read back,
/// end by the server's own. Text is compared byte by byte, and what may be longer than an entry of an index is found by a hash.
/// </remarks>
internal static class StateSchema
{
    /// <summary>The scripts, in order. A published one never changes.</summary>
    public static readonly IReadOnlyList<string> Migrations = [Version1, Version2];

    private const string Version1 =
        """
        CREATE TABLE recollect.runs(
            id text COLLATE "C" PRIMARY KEY,
            mode text NOT NULL,
            source text NOT NULL,
            started_at bigint NOT NULL,
            ended_at bigint,
            status text NOT NULL,
            report text);
        CREATE INDEX runs_by_start ON recollect.runs(started_at, id);

        CREATE TABLE recollect.run_entries(
            run_id text COLLATE "C",
            conversation_id text COLLATE "C",
            tenant text NOT NULL,
            user_id text NOT NULL,
            outcome text NOT NULL,
            reason text,
            PRIMARY KEY(run_id, conversation_id));
        CREATE INDEX run_entries_by_user ON recollect.run_entries USING hash(user_id);

        CREATE TABLE recollect.pending(
            conversation_id text COLLATE "C" PRIMARY KEY,
            source text NOT NULL,
            tenant text NOT NULL,
            user_id text NOT NULL,
            status text NOT NULL,
            content_hash text NOT NULL,
            failed_runs integer NOT NULL,
            reason text,
            error text,
            next_try_at bigint,
            started_at bigint);
        CREATE INDEX pending_by_source ON recollect.pending USING hash(source);
        CREATE INDEX pending_by_user ON recollect.pending USING hash(user_id);

        CREATE TABLE recollect.watermarks(source text COLLATE "C" PRIMARY KEY, moment bigint NOT NULL);

        CREATE TABLE recollect.outbox(
            delivery text COLLATE "C",
            key text COLLATE "C",
            memory_id text NOT NULL,
            tenant text NOT NULL,
            user_id text NOT NULL,
            PRIMARY KEY(delivery, key));
        CREATE INDEX outbox_by_user ON recollect.outbox USING hash(user_id);

        CREATE TABLE recollect.tombstones(
            user_hash uuid PRIMARY KEY,
            tenant text COLLATE "C" NOT NULL,
            user_id text COLLATE "C" NOT NULL,
            forgotten_at bigint NOT NULL);

        CREATE TABLE recollect.paid_embeddings(
            conversation_id text COLLATE "C",
            key text COLLATE "C",
            tenant text NOT NULL,
            user_id text NOT NULL,
            vector bytea NOT NULL, -- 32-bit floats, little-endian
            PRIMARY KEY(conversation_id, key));
        CREATE INDEX paid_embeddings_by_user ON recollect.paid_embeddings USING hash(user_id);

        CREATE TABLE recollect.paid_writings(
            conversation_id text COLLATE "C" PRIMARY KEY,
            key text NOT NULL,
            tenant text NOT NULL,
            user_id text NOT NULL,
            writing text NOT NULL);
        CREATE INDEX paid_writings_by_user ON recollect.paid_writings USING hash(user_id);

        CREATE TABLE recollect.claims(
            thread_hash uuid PRIMARY KEY,
            holder text NOT NULL,
            ends_at timestamptz NOT NULL);
        CREATE INDEX claims_by_holder ON recollect.claims USING hash(holder);

        CREATE TABLE recollect.queued(
            thread_hash uuid PRIMARY KEY,
            source text NOT NULL,
            thread text COLLATE "C" NOT NULL,
            tenant text NOT NULL,
            user_id text NOT NULL,
            updated_at bigint NOT NULL,
            due_at bigint NOT NULL,
            sent_at bigint,
            is_done boolean NOT NULL);
        CREATE INDEX queued_unsent ON recollect.queued(source, due_at, updated_at) WHERE NOT is_done AND sent_at IS NULL;
        CREATE INDEX queued_sent ON recollect.queued(source, sent_at) WHERE NOT is_done AND sent_at IS NOT NULL;
        CREATE INDEX queued_done ON recollect.queued(source, updated_at) WHERE is_done;
        CREATE INDEX queued_by_user ON recollect.queued USING hash(user_id);
        """;

    private const string Version2 =
        """
        CREATE TABLE recollect.edits(
            thread_id text COLLATE "C",
            at bigint,
            tenant text NOT NULL,
            user_id text NOT NULL,
            edit text NOT NULL, -- JSON
            PRIMARY KEY(thread_id, at));
        CREATE INDEX edits_by_user ON recollect.edits USING hash(user_id);
        """;
}
