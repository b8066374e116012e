using System.ComponentModel.DataAnnotations;

namespace Recollect.Bots;

/// <summary>How a bot behaves where people write to it.</summary>
public sealed class BotOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Bot";

    /// <summary>Gets or sets the name that a message in a group must hold, in any case, to be answered.</summary>
    /// <value>Not empty. The default is <c>Recollect</c>.</value>
    [Required]
    public string Name { get; set; } = "Recollect";

    /// <summary>Gets or sets where the bot runs, so that a feature can be on in one environment alone.</summary>
    /// <value>Not empty. The default is <c>production</c>.</value>
    [Required]
    public string Environment { get; set; } = "production";

    /// <summary>Gets or sets the answer to a picture, a voice or anything else that is no text.</summary>
    /// <value>Not empty. The default asks for text.</value>
    [Required]
    public string NotTextReply { get; set; } = "I currently only support text messages. Please send your message as text.";
}
