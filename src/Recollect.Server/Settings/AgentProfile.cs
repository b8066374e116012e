using Recollect.Conversations;

namespace Recollect.Server.Settings;

/// <summary>An agent that may ask: what its key is and what it may see.</summary>
public sealed class AgentProfile
{
    /// <summary>Gets or sets the name, by which logs and <c>recollect mcp --agent</c> call it.</summary>
    /// <value>Unique, whatever its case. The default is empty, which is refused.</value>
    public string Name { get; set; } = string.Empty;

    /// <summary>Gets or sets the SHA-256 of its key; <c>recollect key new</c> makes both. The key itself is kept nowhere.</summary>
    /// <value>64 hexadecimal digits. The default is empty, which is refused.</value>
    public string KeyHash { get; set; } = string.Empty;

    /// <summary>Gets or sets the tenant whose memories it may see.</summary>
    /// <value>The default is <see cref="Owner.DefaultTenant"/>.</value>
    public string Tenant { get; set; } = Owner.DefaultTenant;

    /// <summary>Gets or sets the scopes that it may read.</summary>
    /// <value>At least one, such as <c>personal</c>. The default is none, which is refused.</value>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether it may forget users of its tenant: for good, in every scope, also those that it may not read.</summary>
    /// <value>The default is false.</value>
    public bool MayForget { get; set; }

    /// <summary>Gets or sets a value indicating whether it may do the work of a <c>recollect worker</c>: claim the conversations that it may see, read them and write their memories, as often as it likes.</summary>
    /// <value>The default is false.</value>
    public bool MayWork { get; set; }

    /// <summary>Gets or sets a value indicating whether it may look at the whole installation in the pages of the server, its numbers and its health, and try parked conversations again. Memories are its own tenant's all the same.</summary>
    /// <value>The default is false.</value>
    public bool MayAdminister { get; set; }
}
