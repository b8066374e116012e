namespace Recollect.Connectors.Postgres.Memories;

/// <summary>The tables of memories, version by version.</summary>
/// <remarks>
/// What is searched carries whose it is: <c>visibility</c> is the circle that may see a row, a hash of tenant, scope and user
/// (<see cref="OwnerKeys"/>). Times are ticks of 100 nanoseconds since the year 1, because those of PostgreSQL are coarser. Text
/// is compared byte by byte, so that the order of ids is the same on every server.
/// </remarks>
internal static class MemorySchema
{
    /// <summary>The scripts, in order. A published one never changes.</summary>
    public static readonly IReadOnlyList<string> Migrations = [Version1, Version2, Version3];

    private const string Version1 =
        """
        CREATE TABLE recollect.memories(
            key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id text COLLATE "C" NOT NULL UNIQUE,
            visibility uuid NOT NULL,
            owner uuid NOT NULL, -- a hash of tenant and user, whatever the scope
            tenant text COLLATE "C" NOT NULL,
            user_id text COLLATE "C" NOT NULL,
            scope text COLLATE "C" NOT NULL,
            thread_id text COLLATE "C" NOT NULL,
            source text COLLATE "C" NOT NULL,
            workspace text COLLATE "C",
            thread text COLLATE "C" NOT NULL,
            session text COLLATE "C",
            started_at bigint NOT NULL,
            ended_at bigint NOT NULL,
            content_hash text COLLATE "C" NOT NULL,
            source_updated_at bigint NOT NULL,
            made_by text COLLATE "C" NOT NULL,
            title text COLLATE "C",
            summary text COLLATE "C" NOT NULL,
            topics text COLLATE "C" NOT NULL, -- JSON, to the letter
            facts text COLLATE "C" NOT NULL,
            citations text COLLATE "C" NOT NULL,
            message_ids text COLLATE "C", -- null: those of the messages that are kept
            data text COLLATE "C",
            content text COLLATE "C",
            vector real[], -- null: that of the only chunk
            terms tsvector NOT NULL,
            word_count integer NOT NULL, -- different words in terms
            messages integer NOT NULL, -- messages that are kept
            message_words integer NOT NULL, -- different words of each of them, added up
            chunks integer NOT NULL,
            conversation_memory integer); -- the row of conversation_memories that was written with it
        CREATE INDEX memories_by_visibility ON recollect.memories(visibility) INCLUDE (messages, message_words, word_count, chunks);
        CREATE INDEX memories_by_owner ON recollect.memories(owner);
        CREATE INDEX memories_by_thread ON recollect.memories(thread_id);
        CREATE INDEX memories_by_source ON recollect.memories(source, key);
        CREATE INDEX memories_by_conversation_memory ON recollect.memories(conversation_memory) WHERE conversation_memory IS NOT NULL;
        CREATE INDEX memories_latest ON recollect.memories(visibility, ended_at);
        CREATE INDEX memories_words ON recollect.memories USING gin(terms) WITH (fastupdate = off);

        CREATE TABLE recollect.messages(
            memory_key bigint NOT NULL REFERENCES recollect.memories(key) ON DELETE CASCADE,
            position integer NOT NULL,
            visibility uuid NOT NULL,
            id text COLLATE "C" NOT NULL,
            role text COLLATE "C" NOT NULL,
            author text COLLATE "C",
            sent_at bigint NOT NULL,
            text text COLLATE "C" NOT NULL,
            order_key text COLLATE "C",
            source_position bigint NOT NULL,
            metadata text COLLATE "C", -- null: none
            terms tsvector NOT NULL,
            PRIMARY KEY(memory_key, position));
        CREATE INDEX messages_latest ON recollect.messages(visibility, sent_at);
        CREATE INDEX messages_words ON recollect.messages USING gin(terms) WITH (fastupdate = off);

        CREATE TABLE recollect.chunks(
            memory_key bigint NOT NULL REFERENCES recollect.memories(key) ON DELETE CASCADE,
            position integer NOT NULL,
            visibility uuid NOT NULL,
            dimensions integer NOT NULL,
            first_message integer NOT NULL,
            last_message integer NOT NULL,
            vector real[] NOT NULL,
            PRIMARY KEY(memory_key, position));
        ALTER TABLE recollect.chunks ALTER COLUMN vector SET STORAGE MAIN; -- beside its row as long as that fits into a page
        CREATE INDEX chunks_by_visibility ON recollect.chunks(visibility, dimensions);
        """;

    private const string Version2 =
        """
        CREATE INDEX memories_listed ON recollect.memories(visibility, ended_at, id);
        DROP INDEX recollect.memories_latest; -- which the other one begins with
        """;

    private const string Version3 =
        """
        CREATE INDEX memories_by_making ON recollect.memories(made_by, ended_at); -- by these it is counted without reading a memory
        CREATE INDEX memories_by_user ON recollect.memories(tenant, user_id, scope);
        CREATE INDEX memories_totals ON recollect.memories(owner) INCLUDE (messages, chunks);
        DROP INDEX recollect.memories_by_owner; -- which the one before begins with
        """;
}
