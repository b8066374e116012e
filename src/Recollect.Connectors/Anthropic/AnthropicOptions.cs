using System.ComponentModel.DataAnnotations;

namespace Recollect.Connectors.Anthropic;

/// <summary>Which model of Anthropic writes memories.</summary>
public sealed class AnthropicOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation:Anthropic";

    /// <summary>The name of the client in configuration.</summary>
    public const string ClientName = "anthropic";

    /// <summary>Gets or sets the base address; <c>/messages</c> is added to its path.</summary>
    /// <value>An absolute http or https address without user, password and fragment. The default is <c>https://api.anthropic.com/v1</c>.</value>
    public string Endpoint { get; set; } = "https://api.anthropic.com/v1";

    /// <summary>Gets or sets the key, sent as <c>x-api-key</c>. It is never logged.</summary>
    /// <value>Empty, the default: none is sent, as a gateway of your own may want it.</value>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Gets or sets the model. Another model writes other memories: all are then written anew.</summary>
    /// <value>The default is <c>claude-haiku-4-5</c>.</value>
    [Required]
    public string Model { get; set; } = "claude-haiku-4-5";

    /// <summary>Gets or sets how long one request may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and one hour. The default is two minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
