namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Which PostgreSQL database keeps memories.</summary>
public sealed class PostgresMemoryOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Stores:Postgres";

    /// <summary>Gets or sets how to connect: a URI (<c>postgresql://user:password@host/database</c>) or keywords and values as Npgsql reads them. It is never logged.</summary>
    /// <value>Empty unless set; needed when the store is in use.</value>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Gets or sets how long the server may take for one statement.</summary>
    /// <value>Between one second and one hour. The default is 2 minutes.</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets a value indicating whether the table <c>conversation_memories</c> is kept too: one JSON document for each conversation of the source's tables.</summary>
    /// <value>The default is false. The table lies in the first schema of the search path, refers to <c>Sources:Tables:ConversationsTable</c> and is created if it is not there.</value>
    public bool ConversationMemories { get; set; }
}
