using System.Globalization;

namespace Recollect.Connectors.Neo4j;

/// <summary>Every statement that is sent. What comes from outside is a parameter; only names and numbers of checked settings are written into the text.</summary>
internal static class Cypher
{
    /// <summary>Version and edition of the server.</summary>
    public const string Components =
        "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version, edition";

    /// <summary>All indexes, those of constraints too.</summary>
    public const string Indexes =
        "SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties, options, owningConstraint RETURN name, type, state, labelsOrTypes, properties, options, owningConstraint";

    /// <summary>Lets each conversation have one node; without it MERGE makes two under concurrency.</summary>
    public const string CreateSessionConstraint =
        "CREATE CONSTRAINT memory_source_session IF NOT EXISTS FOR (m:Memory) REQUIRE m.source_session IS UNIQUE";

    /// <summary>Counts what stands in the way of the constraint.</summary>
    public const string DuplicateSessions =
        "MATCH (m:Memory) WHERE m.source_session IS NOT NULL WITH m.source_session AS session, count(*) AS nodes WHERE nodes > 1 RETURN count(session) AS sessions";

    /// <summary>Reads nodes that the ETL before wrote, or wrote again, and that are not made ours yet.</summary>
    public const string EtlNodes =
        """
        MATCH (m:Memory)
        WHERE m.source_session > $after AND trim(toString(m.user_id)) <> '' AND trim(toString(m.scope)) <> ''
          AND (m.recollect_hash IS NULL OR m.recollect_hash <> coalesce(m.message_hash, '') OR (m.recollect_record IS NULL AND m.recollect_source <> $source))
        RETURN m.source_session AS session, toString(m.user_id) AS user, toString(m.scope) AS scope, coalesce(m.message_hash, '') AS hash,
          m.source_updated_at_ts AS updated, m.message_count AS messages, m.embedding AS embedding
        ORDER BY session LIMIT $limit
        """;

    /// <summary>Makes them ours, unless they changed in between.</summary>
    public const string AdoptEtlNodes =
        """
        UNWIND $rows AS row
        MATCH (m:Memory {source_session: row.session})
        WHERE coalesce(m.message_hash, '') = row.properties.recollect_hash
        SET m += row.properties
        """;

    /// <summary>Stores memories and removes what they supersede; a memory that stands under another session is moved.</summary>
    public const string Upsert =
        """
        UNWIND range(0, size($rows) - 1) AS at
        OPTIONAL MATCH (gone:Memory)
        WHERE gone.recollect_id IN $rows[at].gone AND gone.source_session <> $rows[at].session
        WITH at, collect(gone) AS superseded
        FOREACH (node IN superseded | DETACH DELETE node)
        WITH $rows[at] AS row
        MERGE (m:Memory {source_session: row.session})
        ON CREATE SET m.created_at = datetime()
        SET m += row.properties, m.timestamp = datetime(row.timestamp), m.updated_at = datetime()
        """;

    /// <summary>Headers by thread partition.</summary>
    public const string HeadersOfThreads = $"MATCH (m:Memory) WHERE m.recollect_thread IN $threads {Headers}";

    /// <summary>The next headers of a source after an id.</summary>
    public const string HeadersOfSource =
        $"MATCH (m:Memory) WHERE m.recollect_source = $source AND m.recollect_id > $after {Headers} ORDER BY id LIMIT $limit";

    /// <summary>The next ids after one, of memories that are kept whole.</summary>
    public const string IdsAfter =
        "MATCH (m:Memory) WHERE m.recollect_id > $after AND m.recollect_record IS NOT NULL RETURN m.recollect_id AS id ORDER BY id LIMIT $limit";

    /// <summary>Memories by id.</summary>
    public const string Records =
        """
        MATCH (m:Memory) WHERE m.recollect_id IN $ids
        RETURN m.recollect_id AS id, m.recollect_record AS record, m.content AS content, m.embedding AS embedding, m.recollect_vectors AS vectors, m.recollect_chunks AS chunks,
          m.user_id AS user, m.scope AS scope, m.source_session AS session,
          m.recollect_source AS source, m.tags AS tags, m.recollect_hash AS hash, m.recollect_updated AS updated
        """;

    /// <summary>Removes memories by id.</summary>
    public const string Delete = "MATCH (m:Memory) WHERE m.recollect_id IN $ids DETACH DELETE m RETURN count(*) AS memories";

    /// <summary>Removes every node of a user, also one that was written since and is not ours yet.</summary>
    public const string Forget =
        """
        MATCH (m:Memory) WHERE m.user_id = $user AND coalesce(m.recollect_tenant, 'default') = $tenant
        WITH collect(m) AS nodes, count(m) AS memories, sum(coalesce(m.recollect_messages, 0)) AS messages,
          sum(size(coalesce(m.recollect_chunks, [])) / 3) AS chunks, max(m.recollect_ended) AS ended
        FOREACH (node IN nodes | DETACH DELETE node)
        RETURN memories, messages, chunks, ended
        """;

    /// <summary>The nearest memories of one user's scope, exactly: the cosine of every chunk, the best of each memory, and only then the cut.</summary>
    public const string SearchPersonal =
        $"MATCH (m:Memory) WHERE m.scope = $scope AND m.user_id = $user AND m.recollect_tenant = $tenant AND m.recollect_dimensions = $dimensions {Nearest}";

    /// <summary>The nearest memories of a shared scope, exactly.</summary>
    public const string SearchShared =
        $"MATCH (m:Memory) WHERE m.scope = $scope AND m.recollect_tenant = $tenant AND m.recollect_dimensions = $dimensions {Nearest}";

    /// <summary>The next memories of one user's scope after a place, newest first.</summary>
    public const string ListPersonal =
        $"MATCH (m:Memory) WHERE m.recollect_tenant = $tenant AND m.scope = $scope AND m.user_id = $user AND m.recollect_ended <= $ended {Listed}";

    /// <summary>The next memories of a shared scope after a place, newest first.</summary>
    public const string ListShared =
        $"MATCH (m:Memory) WHERE m.recollect_tenant = $tenant AND m.scope = $scope AND m.recollect_ended <= $ended {Listed}";

    /// <summary>Counts memories by how they were made.</summary>
    public const string Counts =
        """
        MATCH (m:Memory) WHERE m.recollect_id IS NOT NULL
        RETURN m.recollect_made_by AS made_by, count(m) AS memories, sum(m.recollect_messages) AS messages, sum(size(m.recollect_chunks) / 3) AS chunks,
          min(m.recollect_ended) AS oldest
        """;

    /// <summary>Counts users.</summary>
    public const string Users = "MATCH (m:Memory) WHERE m.recollect_id IS NOT NULL RETURN count(DISTINCT [m.recollect_tenant, m.user_id]) AS users";

    /// <summary>Finds the users with the most memories.</summary>
    public const string LargestUsers =
        """
        MATCH (m:Memory) WHERE m.recollect_id IS NOT NULL
        WITH m.recollect_tenant AS tenant, m.user_id AS user, count(m) AS memories
        RETURN tenant, user, memories ORDER BY memories DESC, tenant, user LIMIT 20
        """;

    /// <summary>The next users of a tenant after one, with how many memories of the scopes they have.</summary>
    public const string UsersAfter =
        """
        MATCH (m:Memory) WHERE m.recollect_tenant = $tenant AND m.recollect_id IS NOT NULL AND m.user_id > $after AND (m.scope IN $scopes) <> $all_but
        RETURN m.user_id AS user, count(m) AS memories ORDER BY user LIMIT $top
        """;

    /// <summary>Counts memories that the vector index cannot hold.</summary>
    public const string OfOtherDimensions =
        "MATCH (m:Memory) WHERE m.recollect_id IS NOT NULL AND m.recollect_dimensions <> $dimensions RETURN count(m) AS memories";

    private const string Headers =
        """
        RETURN m.recollect_id AS id, m.recollect_thread AS thread, m.recollect_started AS started, m.recollect_ended AS ended,
          m.recollect_content_hash AS hash, m.recollect_updated AS updated, m.recollect_made_by AS made_by, m.recollect_dimensions AS dimensions
        """;

    private const string Listed =
        """
        AND (m.recollect_ended < $ended OR m.recollect_id < $id)
        WITH m ORDER BY m.recollect_ended DESC, m.recollect_id DESC LIMIT $top
        RETURN m.recollect_id AS id, m.recollect_record AS record, m.user_id AS user, m.scope AS scope, m.source_session AS session,
          m.recollect_source AS source, m.tags AS tags, m.recollect_started AS started, m.recollect_ended AS ended
        ORDER BY ended DESC, id DESC
        """;

    private const string Nearest =
        """
        UNWIND range(0, size(m.recollect_chunks) / 3 - 1) AS at
        WITH m.recollect_id AS id, at, m.recollect_chunks[3 * at + 1] AS first, m.recollect_chunks[3 * at + 2] AS last,
          CASE WHEN m.recollect_vectors IS NULL THEN m.embedding ELSE m.recollect_vectors[at * $dimensions .. (at + 1) * $dimensions] END AS chunk
        WITH id, at, first, last, 2.0 * vector.similarity.cosine(chunk, $vector) - 1.0 AS similarity
        ORDER BY similarity DESC, at
        WITH id, head(collect([similarity, first, last])) AS best
        RETURN id, best[0] AS similarity, best[1] AS first, best[2] AS last
        ORDER BY similarity DESC, id LIMIT $top
        """;

    /// <summary>The plain indexes by name, each with its statement.</summary>
    public static IReadOnlyDictionary<string, string> PlainIndexes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["memory_scope_user"] = "CREATE INDEX memory_scope_user IF NOT EXISTS FOR (m:Memory) ON (m.scope, m.user_id)",
        ["memory_user"] = "CREATE INDEX memory_user IF NOT EXISTS FOR (m:Memory) ON (m.user_id)",
        ["memory_recollect_listed"] = "CREATE INDEX memory_recollect_listed IF NOT EXISTS FOR (m:Memory) ON (m.recollect_tenant, m.scope, m.recollect_ended)",
        ["memory_recollect_id"] = "CREATE INDEX memory_recollect_id IF NOT EXISTS FOR (m:Memory) ON (m.recollect_id)",
        ["memory_recollect_thread"] = "CREATE INDEX memory_recollect_thread IF NOT EXISTS FOR (m:Memory) ON (m.recollect_thread)",
        ["memory_recollect_source"] = "CREATE INDEX memory_recollect_source IF NOT EXISTS FOR (m:Memory) ON (m.recollect_source, m.recollect_id)",
    };

    /// <summary>Creates the vector index. Servers that can filter within it get the properties to filter by.</summary>
    /// <param name="version">The server's version.</param>
    /// <param name="name">The checked name of the index.</param>
    /// <param name="dimensions">The dimensions.</param>
    public static string CreateVectorIndex(ServerVersion version, string name, int dimensions)
    {
        var (prefix, filter) = version.HasFilterableIndex ? ("CYPHER 25 ", " WITH [m.scope, m.user_id, m.recollect_tenant]") : (string.Empty, string.Empty);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}CREATE VECTOR INDEX {name} IF NOT EXISTS FOR (m:Memory) ON (m.embedding){filter} OPTIONS {{indexConfig: {{`vector.dimensions`: {dimensions}, `vector.similarity_function`: 'cosine'}}}}");
    }

    /// <summary>Removes an index, as the advice of <c>doctor</c> says it.</summary>
    /// <param name="name">The name of the index.</param>
    public static string DropIndex(string name) => $"DROP INDEX `{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
