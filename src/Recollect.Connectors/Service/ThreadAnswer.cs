using Recollect.Conversations;

namespace Recollect.Connectors.Service;

/// <summary>What names a conversation.</summary>
/// <param name="Source">The service's name of its source.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Thread">The source's own id of it.</param>
/// <param name="Workspace">The workspace; null for none.</param>
/// <param name="Session">The API session; null for none.</param>
internal sealed record ThreadAnswer(string Source, string Tenant, string User, string Scope, string Thread, string? Workspace, string? Session)
{
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
