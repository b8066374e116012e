using System.ComponentModel;
using Recollect.Conversations;

namespace Recollect.Server.Work;

/// <summary>What names a conversation among all that are stored.</summary>
internal sealed record WorkThreadJson
{
    [Description("The configured name of the source.")]
    public required string Source { get; init; }

    [Description("Whose it is.")]
    public required string Tenant { get; init; }

    [Description("Whose it is.")]
    public required string User { get; init; }

    [Description("Who else may see it.")]
    public required string Scope { get; init; }

    [Description("The source's own id of it.")]
    public required string Thread { get; init; }

    [Description("The workspace that holds it; null for none.")]
    public string? Workspace { get; init; }

    [Description("The API session; null for none.")]
    public string? Session { get; init; }

    public static WorkThreadJson From(ThreadKey key) => new()
    {
        Source = key.Source,
        Tenant = key.Owner.Tenant,
        User = key.Owner.User,
        Scope = key.Owner.Scope,
        Thread = key.Thread,
        Workspace = key.Workspace,
        Session = key.Session,
    };

    /// <exception cref="ArgumentException">A name is empty.</exception>
    public ThreadKey ToKey() => new()
    {
        Source = Source,
        Owner = new() { Tenant = Tenant, User = User, Scope = Scope },
        Thread = Thread,
        Workspace = Workspace,
        Session = Session,
    };
}
