using System.Diagnostics.CodeAnalysis;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Which files are read, and what the files do not say themselves.</summary>
public sealed class FilesSourceOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sources:Files";

    /// <summary>Gets or sets the files, folders and globs (<c>*</c>, <c>**</c>) to read.</summary>
    /// <value>Relative to the working folder or absolute. Empty unless set.</value>
    [SuppressMessage("Usage", "CA2227", Justification = "Bound from configuration")]
    public IList<string> Paths { get; set; } = [];

    /// <summary>Gets or sets the largest line or exported conversation that is read, in bytes; a larger one is skipped and counted.</summary>
    /// <value>Between 1 KiB and 512 MiB. The default is 64 MiB.</value>
    public int MaxLineBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets the user who owns the chats of ChatGPT and WhatsApp exports.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string User { get; set; } = Owner.DefaultUser;

    /// <summary>Gets or sets the tenant of the chats of ChatGPT and WhatsApp exports.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Tenant { get; set; } = Owner.DefaultTenant;

    /// <summary>Gets or sets the scope of the chats of ChatGPT and WhatsApp exports.</summary>
    /// <value>The default is <c>personal</c>.</value>
    public string Scope { get; set; } = Owner.PersonalScope;

    /// <summary>Gets or sets the time zone that WhatsApp exports are written in.</summary>
    /// <value>An IANA name such as <c>Asia/Jerusalem</c>. The default is <c>UTC</c>.</value>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Gets or sets which number of a WhatsApp date is the day.</summary>
    /// <value>The default is <see cref="WhatsAppDateOrder.Auto"/>.</value>
    public WhatsAppDateOrder WhatsAppDateOrder { get; set; } = WhatsAppDateOrder.Auto;

    /// <summary>Gets or sets the names under which the bot writes in WhatsApp exports; everyone else is a user.</summary>
    /// <value>Empty unless set.</value>
    [SuppressMessage("Usage", "CA2227", Justification = "Bound from configuration")]
    public IList<string> WhatsAppAssistant { get; set; } = [];
}
