namespace Recollect.Connectors.Postgres.Sessions;

/// <summary>Which PostgreSQL database keeps the live conversations of a bot.</summary>
public sealed class PostgresSessionOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sessions:Postgres";

    /// <summary>Gets or sets how to connect: a URI (<c>postgresql://user:password@host/database</c>) or keywords and values as Npgsql reads them. It is never logged.</summary>
    /// <value>Empty unless set; needed when the session store is in use.</value>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Gets or sets how long the server may take for one statement.</summary>
    /// <value>Between one second and one hour. The default is 30 seconds.</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
