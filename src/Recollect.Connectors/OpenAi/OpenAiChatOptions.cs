using System.ComponentModel.DataAnnotations;

namespace Recollect.Connectors.OpenAi;

/// <summary>Which OpenAI-compatible endpoint writes memories.</summary>
public sealed class OpenAiChatOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Generation:OpenAi";

    /// <summary>The name of the client in configuration.</summary>
    public const string ClientName = "openai";

    /// <summary>Gets or sets the base address; <c>/chat/completions</c> is added to its path, and a query such as <c>?api-version=…</c> is kept.</summary>
    /// <value>An absolute http or https address without user, password and fragment. The default is <c>https://api.openai.com/v1</c>.</value>
    public string Endpoint { get; set; } = "https://api.openai.com/v1";

    /// <summary>Gets or sets the key, sent as a bearer token, and to Azure in <c>api-key</c> as well. It is never logged.</summary>
    /// <value>Empty, the default: none is sent, as servers on this machine want it.</value>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Gets or sets the model. Another model writes other memories: all are then written anew.</summary>
    /// <value>The default is <c>gpt-4o-mini</c>.</value>
    [Required]
    public string Model { get; set; } = "gpt-4o-mini";

    /// <summary>Gets or sets how long one request may take, up to the last byte of its answer.</summary>
    /// <value>Between one second and one hour. The default is two minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets by which field the longest reply is asked for.</summary>
    /// <value>The default is <see cref="MaxTokensField.Auto"/>.</value>
    public MaxTokensField MaxTokensField { get; set; } = MaxTokensField.Auto;
}
