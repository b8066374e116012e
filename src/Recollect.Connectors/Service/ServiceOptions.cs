namespace Recollect.Connectors.Service;

/// <summary>Which Recollect service a worker belongs to that reaches no database.</summary>
public sealed class ServiceOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Service";

    /// <summary>Gets or sets the address of <c>recollect serve</c>.</summary>
    /// <value>An absolute http or https address without user, password and query, such as <c>https://memory.example</c>. Empty unless set; needed when the source, the store or the state <c>service</c> is in use.</value>
    public string Url { get; set; } = string.Empty;

    /// <summary>Gets or sets a key of the service, whose agent has <c>MayWork</c>. It is never logged.</summary>
    /// <value>Empty unless set: a service on this machine may need none.</value>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Gets or sets how long one call may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and 10 minutes. The default is 100 seconds. A renewal of claims never takes longer than a sixth of their duration.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Gets or sets how often a call is tried that may succeed later. A renewal of claims is tried once; the next one comes soon.</summary>
    /// <value>Between 2 and 20. The default is 4.</value>
    public int Attempts { get; set; } = 4;

    /// <summary>Gets or sets the pause before the second try; it doubles each time, up to 2 minutes. What the service asks for (Retry-After) goes before it, up to 2 minutes too.</summary>
    /// <value>Between 0 and 2 minutes. The default is one second.</value>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);
}
