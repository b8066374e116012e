using System.ComponentModel.DataAnnotations;

namespace Recollect.Server.Settings;

/// <summary>Where <c>serve</c> listens, what it takes, and from whom.</summary>
public sealed class ServerOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Server";

    /// <summary>Gets or sets the addresses to listen on, parted by semicolons. Only addresses of this machine are taken, unless there are <see cref="Agents"/>.</summary>
    /// <value><c>http://</c> with <c>localhost</c> or an address, and a port; port 0: any that is free. The default is <c>http://127.0.0.1:8201</c>.</value>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8201";

    /// <summary>Gets or sets the largest body of a request, in bytes.</summary>
    /// <value>Between 1,024 and 104,857,600. The default is 1,048,576.</value>
    [Range(1_024, 104_857_600)]
    public long MaxRequestBytes { get; set; } = 1_048_576;

    /// <summary>Gets or sets how many requests are answered within a minute, for each key; without keys, for all callers of this machine together.</summary>
    /// <value>Between 1 and 1,000,000. The default is 600.</value>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Gets or sets who may ask. Where there is one, every route but <c>/health/live</c> needs a key.</summary>
    /// <value>The default is nobody: callers of this machine need no key, and see the tenant <c>default</c> in every scope but <c>secrets</c>.</value>
    public IReadOnlyList<AgentProfile> Agents { get; set; } = [];

    /// <summary>Gets or sets the origins whose pages may ask, beside the server's own: the public address of a reverse proxy in front.</summary>
    /// <value>Such as <c>https://memory.example</c>. The default is none.</value>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];
}
