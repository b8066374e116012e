using Microsoft.AspNetCore.Http;
using Recollect.Conversations;
using Recollect.Server.Http;

namespace Recollect.Server.Access;

/// <summary>Who asks, and what it may see.</summary>
internal sealed class Caller
{
    private const string SecretScope = "secrets";

    private Caller(string tenant) => Tenant = tenant;

    /// <summary>Gets the caller without a key: the tenant <c>default</c>, with every scope but <c>secrets</c>.</summary>
    public static Caller WithoutKey { get; } = new(Owner.DefaultTenant);

    /// <summary>Gets the tenant that it belongs to.</summary>
    public string Tenant { get; }

    /// <summary>Gets the owner to search for.</summary>
    /// <param name="user">Whose memories.</param>
    /// <param name="tenant">The tenant; null for its own.</param>
    /// <param name="scope">The scope; null for the personal one.</param>
    /// <exception cref="ProblemException">It may not see them, or a name is empty.</exception>
    public Owner OwnerFor(string user, string? tenant, string? scope)
    {
        if (string.IsNullOrWhiteSpace(user) || (tenant is not null && string.IsNullOrWhiteSpace(tenant)) || (scope is not null && string.IsNullOrWhiteSpace(scope)))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The fields user, tenant and scope must not be empty.");
        }

        var owner = new Owner { User = user, Tenant = tenant ?? Tenant, Scope = scope ?? Owner.PersonalScope };
        if (!string.Equals(owner.Tenant, Tenant, StringComparison.Ordinal))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"Without a key the tenant is \"{Tenant}\", and this version has no keys.");
        }

        if (string.Equals(owner.Scope, SecretScope, StringComparison.Ordinal))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"The scope \"{SecretScope}\" needs a key, and this version has no keys; \"recollect recall\" on the server's machine can ask it.");
        }

        return owner;
    }
}
