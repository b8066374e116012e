namespace Recollect.Connectors.Neo4j;

/// <summary>Which Neo4j keeps the memories.</summary>
public sealed class Neo4jOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Stores:Neo4j";

    /// <summary>Gets or sets the address of the server, in any of its usual forms; the HTTP Query API is found from it.</summary>
    /// <value>Such as <c>neo4j+s://id.databases.neo4j.io</c>, <c>bolt://localhost:7687</c> or <c>http://localhost:7474</c>, without user, password and query. The default is <c>http://localhost:7474</c>.</value>
    public string Uri { get; set; } = "http://localhost:7474";

    /// <summary>Gets or sets the user. The default is <c>neo4j</c>.</summary>
    public string User { get; set; } = "neo4j";

    /// <summary>Gets or sets the password. It is never logged.</summary>
    /// <value>Empty unless set; needed when the store is in use.</value>
    public string Password { get; set; } = string.Empty;

    /// <summary>Gets or sets the database.</summary>
    /// <value>3 to 63 letters, digits, dots and dashes. The default is <c>neo4j</c>, the only one in the Community edition.</value>
    public string Database { get; set; } = "neo4j";

    /// <summary>Gets or sets the dimensions of the vector index, which are the embedder's.</summary>
    /// <value>Between 1 and 4096. The default is 1536.</value>
    public int Dimensions { get; set; } = 1536;

    /// <summary>Gets or sets the name of the vector index.</summary>
    /// <value>A letter, then letters, digits and underscores; at most 63. The default is <c>memory_semantic_index</c>.</value>
    public string IndexName { get; set; } = "memory_semantic_index";

    /// <summary>Gets or sets the source (<c>Sources:Name</c>) whose conversation ids stand in <c>source_session</c> as they are, as the ETL before wrote them.</summary>
    /// <value>The default is <c>supabase</c>. Memories of other sources have our own id there.</value>
    public string SessionSource { get; set; } = "supabase";

    /// <summary>Gets or sets how long one call may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and one hour. The default is two minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how many calls are made at once.</summary>
    /// <value>Between 1 and 256. The default is 8.</value>
    public int Concurrency { get; set; } = 8;
}
