namespace Recollect.Connectors.Chroma;

/// <summary>Which Chroma keeps the memories.</summary>
public sealed class ChromaOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Stores:Chroma";

    /// <summary>Gets or sets the address of the server, without <c>/api/v2</c>.</summary>
    /// <value>An http or https address without user, password and query. The default is <c>http://127.0.0.1:8000</c>.</value>
    public string Url { get; set; } = "http://127.0.0.1:8000";

    /// <summary>Gets or sets Chroma's tenant, which has nothing to do with the tenants of memories.</summary>
    /// <value>At least 3 characters. The default is <c>default_tenant</c>.</value>
    public string Tenant { get; set; } = "default_tenant";

    /// <summary>Gets or sets the database of the tenant.</summary>
    /// <value>At least 3 characters. The default is <c>default_database</c>.</value>
    public string Database { get; set; } = "default_database";

    /// <summary>Gets or sets what is sent as <c>x-chroma-token</c>. It is never logged.</summary>
    /// <value>Empty unless set: nothing is sent, as a server of one's own expects it.</value>
    public string Token { get; set; } = string.Empty;

    /// <summary>Gets or sets what the names of our collections begin with; collections of other names are never touched.</summary>
    /// <value>2 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit. The default is <c>memory_</c>.</value>
    public string CollectionPrefix { get; set; } = "memory_";

    /// <summary>Gets or sets how long one call may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and one hour. The default is 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how many calls are made at once.</summary>
    /// <value>Between 1 and 256. The default is 8.</value>
    public int Concurrency { get; set; } = 8;
}
