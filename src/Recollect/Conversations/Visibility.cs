namespace Recollect.Conversations;

/// <summary>
/// A set of memories that are visible together: one user's personal ones, or one tenant's of another scope.
/// A search is always made within exactly one, so that it cannot see anything else.
/// </summary>
public readonly record struct Visibility
{
    private Visibility(string tenant, string scope, string? user) => (Tenant, Scope, User) = (tenant, scope, user);

    /// <summary>Gets the tenant.</summary>
    public string Tenant { get; }

    /// <summary>Gets the scope.</summary>
    public string Scope { get; }

    /// <summary>Gets the only user who sees these memories; null for a scope that is shared within the tenant.</summary>
    public string? User { get; }

    /// <summary>Gets the visibility that <paramref name="owner"/>'s memories have, which is also what it may recall from.</summary>
    /// <param name="owner">The owner or caller.</param>
    public static Visibility Of(Owner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var personal = string.Equals(owner.Scope, Owner.PersonalScope, StringComparison.Ordinal);
        return new(owner.Tenant, owner.Scope, personal ? owner.User : null);
    }
}
