using Recollect.Conversations;

namespace Recollect.Sessions;

/// <summary>Removes the sessions of a user.</summary>
internal static class SessionForgetting
{
    /// <summary>Removes all sessions of a user, archived ones too.</summary>
    /// <returns>How many there were.</returns>
    public static ValueTask<int> ForgetAsync(ISessionStore store, string tenant, string user, CancellationToken cancellationToken) =>
        string.Equals(tenant, Owner.DefaultTenant, StringComparison.Ordinal)
            ? store.ForgetAsync(user, cancellationToken)
            : ValueTask.FromResult(0); // sessions belong to the default tenant
}
