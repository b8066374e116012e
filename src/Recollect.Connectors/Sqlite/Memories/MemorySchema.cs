namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The schema of <c>memories.db</c>, version by version.</summary>
/// <remarks>
/// Keys are given once and never again, and what is stored under one never changes: replacing a memory gives it a new key.
/// A message's key is its memory's key and its position in one number, a chunk's is its partition and a running number, so
/// that what is read together lies together. Both indexes take their text from a view, for adding and for removing alike, so
/// that removing a memory takes exactly the entries away that adding it made.
/// </remarks>
internal static class MemorySchema
{
    /// <summary>How far a memory's key is shifted in the keys of its messages.</summary>
    public const int MessageBits = 20;

    /// <summary>How far a partition's id is shifted in the keys of its chunks.</summary>
    public const int ChunkBits = 36;

    /// <summary>The most messages that one conversation may have.</summary>
    public const int MaxMessages = 1_000_000;

    /// <summary>The scripts, in order. A published one never changes.</summary>
    public static readonly IReadOnlyList<string> Migrations = [Version1, Version2, Version3, Version4];

    /// <summary>What rewrites the indexes without the entries that were removed.</summary>
    public const string RewriteIndexes =
        "INSERT INTO message_index(message_index) VALUES('optimize'); INSERT INTO memory_index(memory_index) VALUES('optimize');";

    /// <summary>What fails where an index does not hold exactly what is stored.</summary>
    public const string CheckIndexes =
        "INSERT INTO message_index(message_index, rank) VALUES('integrity-check', 1); INSERT INTO memory_index(memory_index, rank) VALUES('integrity-check', 1);";

    private const string Version1 =
        """
        CREATE TABLE partitions(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant TEXT NOT NULL,
            scope TEXT NOT NULL,
            user TEXT NOT NULL, -- empty: shared within the tenant
            version INTEGER NOT NULL DEFAULT 0, -- grows with every change of the partition
            messages INTEGER NOT NULL DEFAULT 0,
            UNIQUE(tenant, scope, user));

        CREATE TABLE made_by(
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE);

        CREATE TABLE memories(
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            partition_id INTEGER NOT NULL REFERENCES partitions(id),
            thread_id TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER NOT NULL,
            content_hash TEXT NOT NULL,
            source_updated_at INTEGER NOT NULL,
            made_by INTEGER NOT NULL REFERENCES made_by(id),
            source TEXT NOT NULL,
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            scope TEXT NOT NULL,
            workspace TEXT,
            thread TEXT NOT NULL,
            session TEXT,
            title TEXT,
            summary TEXT NOT NULL,
            topics TEXT NOT NULL,
            facts TEXT NOT NULL,
            citations TEXT NOT NULL,
            message_ids TEXT, -- null: those of the messages that are kept
            data TEXT,
            content TEXT,
            words TEXT NOT NULL, -- what the index reads beside title, summary and messages
            vector BLOB); -- null: that of the only chunk
        CREATE INDEX memories_by_partition ON memories(partition_id);
        CREATE INDEX memories_by_thread ON memories(thread_id);
        CREATE INDEX memories_by_source ON memories(source);
        CREATE INDEX memories_by_user ON memories(tenant, user);

        CREATE TABLE messages(
            key INTEGER PRIMARY KEY, -- memory << 20 | position
            id TEXT NOT NULL,
            role TEXT NOT NULL,
            author TEXT,
            sent_at INTEGER NOT NULL,
            text TEXT NOT NULL,
            order_key TEXT,
            source_position INTEGER NOT NULL,
            metadata TEXT); -- null: none

        CREATE TABLE chunks(
            key INTEGER PRIMARY KEY, -- partition << 36 | running number
            memory_key INTEGER NOT NULL REFERENCES memories(key),
            position INTEGER NOT NULL,
            first_message INTEGER NOT NULL,
            last_message INTEGER NOT NULL,
            code BLOB NOT NULL); -- the vector in a quarter of the bytes, to look at first
        CREATE TABLE vectors(
            key INTEGER PRIMARY KEY, -- that of the chunk
            vector BLOB NOT NULL);
        CREATE INDEX chunks_by_memory ON chunks(memory_key);

        CREATE TABLE journal(
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            memory_key INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK(kind IN ('upsert', 'delete')));
        CREATE INDEX journal_by_memory ON journal(memory_key);

        CREATE TABLE upkeep(task TEXT PRIMARY KEY) WITHOUT ROWID;

        CREATE VIEW message_terms(key, terms) AS
        SELECT m.key, index_terms(m.text, p.partition_id)
        FROM messages AS m
        JOIN memories AS p ON p.key = m.key >> 20;

        CREATE VIEW memory_terms(key, terms) AS
        SELECT key, index_terms(ifnull(title || ' ', '') || summary || ' ' || words, partition_id)
        FROM memories;

        CREATE VIRTUAL TABLE message_index USING fts5(
            terms, content='message_terms', content_rowid='key', columnsize=1, tokenize='unicode61 remove_diacritics 0');
        CREATE VIRTUAL TABLE memory_index USING fts5(
            terms, content='memory_terms', content_rowid='key', columnsize=1, tokenize='unicode61 remove_diacritics 0');
        """;

    private const string Version2 =
        """
        CREATE INDEX memories_listed ON memories(partition_id, ended_at, id);
        DROP INDEX memories_by_partition; -- which the other one begins with
        """;

    private const string Version3 =
        """
        ALTER TABLE partitions ADD COLUMN last_chunk INTEGER NOT NULL DEFAULT 0; -- the running number given last, and never again
        UPDATE partitions SET last_chunk =
            ifnull((SELECT max(key) FROM chunks WHERE key BETWEEN partitions.id << 36 AND (partitions.id << 36) | 68719476735), 0) & 68719476735;

        ALTER TABLE journal ADD COLUMN partition_id INTEGER NOT NULL DEFAULT 0; -- 0: not noted at that time
        CREATE INDEX journal_removals ON journal(partition_id, seq) WHERE kind = 'delete';

        CREATE TABLE identity AS SELECT randomblob(16) AS id; -- so that a file of vectors is not taken for that of another database
        """;

    private const string Version4 =
        """
        CREATE INDEX memories_by_end ON memories(ended_at); -- by these it is counted without reading a memory
        CREATE INDEX memories_by_making ON memories(made_by, ended_at);
        CREATE INDEX memories_by_owner ON memories(tenant, user, scope);
        DROP INDEX memories_by_user; -- which the one before begins with
        """;
}
