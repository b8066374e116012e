using System.ComponentModel.DataAnnotations;

namespace Recollect.Sessions;

/// <summary>How a bot keeps its live conversations.</summary>
public sealed class SessionOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sessions";

    /// <summary>Gets or sets the name of the session store. The default is <c>files</c>.</summary>
    public string Store { get; set; } = "files";

    /// <summary>Gets or sets the folder of sessions in files.</summary>
    /// <value>A path, absolute or relative to the data root. The default is <c>sessions</c>.</value>
    [Required]
    public string StorageDir { get; set; } = "sessions";

    /// <summary>Gets or sets how long after its last message a session ends; exactly so long after it has ended.</summary>
    /// <value>From a second to ten years. The default is 24 hours.</value>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets the pause between two looks for ended sessions.</summary>
    /// <value>From a second to a day. The default is a minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the vocabulary that tokens are counted with.</summary>
    /// <value><c>o200k_base</c> (gpt-4o and later) or <c>cl100k_base</c> (gpt-4, gpt-3.5). The default is the first.</value>
    [AllowedValues(TokenEncoding.O200K, TokenEncoding.Cl100K)]
    public string Encoding { get; set; } = TokenEncoding.O200K;

    /// <summary>Gets or sets the phone number or id of the person with the role <c>godfather</c>; only digits are compared. Null: nobody.</summary>
    public string? Godfather { get; set; }

    /// <summary>Gets or sets the phone numbers or ids of those with the role <c>admin</c>. Empty unless given.</summary>
    public IList<string> Admins { get; set; } = [];

    /// <summary>Gets or sets the phone numbers or ids of those who are not answered. Empty unless given.</summary>
    public IList<string> Blocked { get; set; } = [];

    /// <summary>Gets or sets the instructions for the model.</summary>
    /// <value>Any text; empty for none. The default asks for a helpful answer.</value>
    public string SystemMessage { get; set; } = "You are a helpful assistant.";

    /// <summary>Gets or sets the most tokens of an answer.</summary>
    /// <value>From 1 to 1,000,000. The default is 1,000.</value>
    [Range(1, 1_000_000)]
    public int MaxAnswerTokens { get; set; } = 1_000;

    /// <summary>Gets or sets the temperature of answers.</summary>
    /// <value>From 0 to 2. The default is 0.7.</value>
    [Range(0.0, 2.0)]
    public float Temperature { get; set; } = 0.7f;

    /// <summary>Gets or sets what a person is told when the model gave no answer.</summary>
    [Required]
    public string ApologyText { get; set; } = "Sorry, I cannot answer right now. Your message is kept; please try again in a moment.";
}
