using Recollect.Conversations;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Which AnythingLLM is read, and whose its chats are.</summary>
public sealed class AnythingLlmOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sources:AnythingLlm";

    /// <summary>Gets or sets the address of the developer API.</summary>
    /// <value>An absolute http or https address without user, password and query that ends in <c>/api</c>, such as <c>http://localhost:3001/api</c>. Empty unless set; needed when the source is in use.</value>
    public string Url { get; set; } = string.Empty;

    /// <summary>Gets or sets the key of the developer API. It is never logged.</summary>
    /// <value>Empty unless set; needed when the source is in use.</value>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Gets or sets a value indicating whether chats are read that users have reset or that were refused (<c>include: false</c>).</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool IncludeHidden { get; set; }

    /// <summary>Gets or sets how long one call may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and 10 minutes. The default is 100 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Gets or sets how often a call is tried that may succeed later.</summary>
    /// <value>Between 4 and 20. The default is 4.</value>
    public int Attempts { get; set; } = 4;

    /// <summary>Gets or sets the pause before the second try; it doubles each time, up to 2 minutes. What the server asks for (Retry-After) goes before it, up to 2 minutes too.</summary>
    /// <value>Between 0 and 2 minutes. The default is one second.</value>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the tenant of all chats.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Tenant { get; set; } = Owner.DefaultTenant;

    /// <summary>Gets or sets the scope of all chats.</summary>
    /// <value>The default is <c>personal</c>.</value>
    public string Scope { get; set; } = Owner.PersonalScope;
}
