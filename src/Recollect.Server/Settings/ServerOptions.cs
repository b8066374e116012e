using System.ComponentModel.DataAnnotations;

namespace Recollect.Server.Settings;

/// <summary>Where <c>serve</c> listens and what it takes.</summary>
public sealed class ServerOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Server";

    /// <summary>Gets or sets the addresses to listen on, parted by semicolons. Only addresses of this machine are taken.</summary>
    /// <value><c>http://</c> with <c>localhost</c>, an address of 127.0.0.0/8 or <c>[::1]</c>, and a port; port 0: any that is free. The default is <c>http://127.0.0.1:8201</c>.</value>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8201";

    /// <summary>Gets or sets the largest body of a request, in bytes.</summary>
    /// <value>Between 1,024 and 104,857,600. The default is 1,048,576.</value>
    [Range(1_024, 104_857_600)]
    public long MaxRequestBytes { get; set; } = 1_048_576;
}
