namespace Recollect.Connectors.WhatsApp;

/// <summary>Which instance of GREEN-API carries the bot's WhatsApp messages.</summary>
public sealed class WhatsAppOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Bot:WhatsApp";

    /// <summary>Gets or sets the address of the API, as the console of GREEN-API shows it (<c>apiUrl</c>).</summary>
    /// <value>An absolute http or https address without user, password and query. The default is <c>https://api.green-api.com</c>.</value>
    public string Url { get; set; } = "https://api.green-api.com";

    /// <summary>Gets or sets the id of the instance (<c>idInstance</c>).</summary>
    /// <value>Digits. Empty unless set; needed by <c>recollect bot whatsapp</c>.</value>
    public string Instance { get; set; } = string.Empty;

    /// <summary>Gets or sets the token of the instance (<c>apiTokenInstance</c>). It is part of every address that is called, and never logged.</summary>
    /// <value>Letters, digits, <c>-</c> and <c>_</c>. Empty unless set; needed by <c>recollect bot whatsapp</c>.</value>
    public string Token { get; set; } = string.Empty;

    /// <summary>Gets or sets how long one call waits for a message to come.</summary>
    /// <value>Whole seconds between 5 and 60. The default is 20 seconds.</value>
    public TimeSpan ReceiveTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets how long any other call may take.</summary>
    /// <value>Between one second and 10 minutes. The default is 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how many characters of an answer are sent; what is longer ends in an ellipsis.</summary>
    /// <value>Between 100 and 20,000, which is the most that the API takes. The default is 4,000.</value>
    public int MaxCharacters { get; set; } = 4_000;
}
