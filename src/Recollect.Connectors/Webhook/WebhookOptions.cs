using System.ComponentModel.DataAnnotations;

namespace Recollect.Connectors.Webhook;

/// <summary>The receiver that writes memories.</summary>
public sealed class WebhookOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation:Webhook";

    /// <summary>Gets or sets the address that conversations are posted to.</summary>
    /// <value>An absolute <c>http</c> or <c>https</c> address. Needed when <c>Generation:Use</c> is <c>webhook</c>; empty otherwise.</value>
    public string Url { get; set; } = string.Empty;

    /// <summary>Gets or sets the header that carries <see cref="Credential"/>. The default is <c>Authorization</c>.</summary>
    [Required]
    public string CredentialHeader { get; set; } = "Authorization";

    /// <summary>Gets or sets what the receiver knows us by, such as <c>Bearer abc</c>. Empty: the header is not sent. Credentials of the source are never sent.</summary>
    public string Credential { get; set; } = string.Empty;

    /// <summary>Gets or sets how long the receiver may take for one conversation.</summary>
    /// <value>Between one second and one hour. The default is two minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how many conversations are posted at once; never more than <c>Runs:Concurrency</c>.</summary>
    /// <value>Between 1 and 256. The default is 4.</value>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 4;

    /// <summary>Gets or sets how long a receiver that has gone away is waited for; after that the rest of the run is left to later runs.</summary>
    /// <value>Between 0 and one hour. The default is one minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets what becomes of a conversation that was posted and then grew. The default is <see cref="WebhookChangePolicy.Send"/>.</summary>
    public WebhookChangePolicy OnChange { get; set; }
}
