namespace Recollect.Connectors.Postgres.Sessions;

/// <summary>The tables of the sessions, version by version.</summary>
/// <remarks>Times are ticks of 100 nanoseconds since the year 1, because those of PostgreSQL are coarser.</remarks>
internal static class SessionSchema
{
    /// <summary>The scripts, in order. A published one never changes.</summary>
    public static readonly IReadOnlyList<string> Migrations = [Version1];

    private const string Version1 =
        """
        CREATE TABLE recollect.sessions(
            id text COLLATE "C" PRIMARY KEY,
            chat text COLLATE "C" NOT NULL,
            message_ids text[] NOT NULL,
            created_at bigint NOT NULL,
            last_active bigint NOT NULL,
            ended_at bigint,
            total_tokens bigint NOT NULL,
            is_transferred boolean NOT NULL,
            storage_path text);
        CREATE INDEX sessions_by_chat ON recollect.sessions USING hash(chat);
        CREATE INDEX sessions_live ON recollect.sessions(last_active) WHERE storage_path IS NULL;

        CREATE TABLE recollect.session_messages(
            session_id text COLLATE "C" REFERENCES recollect.sessions ON DELETE CASCADE,
            id text COLLATE "C",
            role text NOT NULL,
            content text NOT NULL,
            sender text NOT NULL,
            recipient text NOT NULL,
            sender_name text,
            sent_at bigint NOT NULL,
            received_at bigint NOT NULL,
            order_num integer NOT NULL,
            external_id text,
            is_answered boolean NOT NULL,
            is_sent boolean NOT NULL,
            PRIMARY KEY(session_id, id));
        """;
}
