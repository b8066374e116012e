namespace Recollect.Connectors.Supabase;

/// <summary>Which Supabase project, or other PostgREST, is read.</summary>
public sealed class SupabaseOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sources:Supabase";

    /// <summary>Gets or sets the address of the project, without <c>/rest/v1</c>.</summary>
    /// <value>An absolute http or https address without user, password and query, such as <c>https://PROJECT.supabase.co</c>. Empty unless set; needed when the source is in use.</value>
    public string Url { get; set; } = string.Empty;

    /// <summary>Gets or sets the secret key (<c>sb_secret_…</c>) or the older <c>service_role</c> key. It is never logged.</summary>
    /// <value>Empty unless set; needed when the source is in use.</value>
    public string Key { get; set; } = string.Empty;

    /// <summary>Gets or sets how many messages are asked for in one call; the server may give fewer.</summary>
    /// <value>Between 1 and 10,000. The default is 1,000, the most that Supabase gives unless told otherwise.</value>
    public int MessagesPerCall { get; set; } = 1000;

    /// <summary>Gets or sets how long one call may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and 10 minutes. The default is 100 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Gets or sets how often a call is tried that may succeed later.</summary>
    /// <value>Between 2 and 20. The default is 4.</value>
    public int Attempts { get; set; } = 4;

    /// <summary>Gets or sets the pause before the second try; it doubles each time, up to 2 minutes. What the server asks for (Retry-After) goes before it, up to 2 minutes too.</summary>
    /// <value>Between 0 and 2 minutes. The default is one second.</value>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);
}
