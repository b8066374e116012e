namespace Recollect.Connectors.Postgres;

/// <summary>Which PostgreSQL database is read.</summary>
public sealed class PostgresOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sources:Postgres";

    /// <summary>Gets or sets how to connect: a URI (<c>postgresql://user:password@host/database</c>) or keywords and values as Npgsql reads them. It is never logged.</summary>
    /// <value>Empty unless set; needed when the source is in use.</value>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Gets or sets how long the server may take before the next row comes.</summary>
    /// <value>Between one second and one hour. The default is 2 minutes.</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
