using Microsoft.AspNetCore.Http;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Server.Http;
using Recollect.Server.Settings;

namespace Recollect.Server.Access;

/// <summary>Who asks, and what it may see. Every question to memory gets its owner here, whichever way it came.</summary>
internal sealed class Caller
{
    private const string SecretScope = "secrets";

    private readonly IReadOnlyList<string>? _scopes; // null: every one but secrets

    private Caller(string? name, string tenant, IReadOnlyList<string>? scopes, bool mayForget) => (Name, Tenant, _scopes, MayForget) = (name, tenant, scopes, mayForget);

    /// <summary>Gets the caller without a key: the tenant <c>default</c>, with every scope but <c>secrets</c>. It may forget and work, as whoever has this machine may.</summary>
    public static Caller WithoutKey { get; } = new(null, Owner.DefaultTenant, null, mayForget: true) { MayWork = true, MayAdminister = true };

    /// <summary>Gets the agent's name; null for the caller without a key.</summary>
    public string? Name { get; }

    /// <summary>Gets the tenant that it belongs to.</summary>
    public string Tenant { get; }

    /// <summary>Gets a value indicating whether it may forget users of its tenant.</summary>
    public bool MayForget { get; }

    /// <summary>Gets a value indicating whether it may do the work of a worker: read conversations and write their memories.</summary>
    public bool MayWork { get; private init; }

    /// <summary>Gets a value indicating whether it may look at the whole installation and govern it.</summary>
    public bool MayAdminister { get; private init; }

    /// <summary>Gets the name that is written down beside what it did.</summary>
    public string RecordedName => Name ?? "(without a key)";

    /// <summary>Gets the scopes that it may read.</summary>
    public ScopeFilter Scopes => _scopes is null ? ScopeFilter.AllBut(SecretScope) : ScopeFilter.Only(_scopes);

    /// <summary>Gets the caller that a profile describes.</summary>
    public static Caller Of(AgentProfile profile) => new(profile.Name.Trim(), profile.Tenant, [.. profile.Scopes], profile.MayForget) { MayWork = profile.MayWork, MayAdminister = profile.MayAdminister };

    /// <summary>Gets the owner to search for.</summary>
    /// <param name="user">Whose memories; null for nobody's in particular, which is no answer for the personal scope.</param>
    /// <param name="tenant">The tenant; null for its own.</param>
    /// <param name="scope">The scope; null for the personal one.</param>
    /// <exception cref="ProblemException">It may not see them, a name is empty, or the user is missing.</exception>
    public Owner OwnerFor(string? user, string? tenant, string? scope)
    {
        var owner = OwnerIn(user, tenant, scope, "read");
        if (!MayRead(owner.Scope))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, Name is null
                ? $"Without a key the scope \"{SecretScope}\" may not be read; it needs an agent that is allowed to (recollect key new --scope {SecretScope})."
                : $"Agent {Name} may not read scope {Quoted.Of(owner.Scope)}; it may read: {string.Join(", ", _scopes!)}.");
        }

        return user is not null || owner.Visibility.User is null
            ? owner
            : throw new ProblemException(StatusCodes.Status400BadRequest, "user_id is required for personal scope recall.");
    }

    /// <summary>Gets whom to forget, in every scope, also those that it may not read.</summary>
    /// <param name="user">Who is forgotten.</param>
    /// <param name="tenant">The tenant; null for its own.</param>
    /// <exception cref="ProblemException">It may not forget, or not in this tenant, or a name is empty.</exception>
    public Owner OwnerToForget(string user, string? tenant)
    {
        var owner = OwnerIn(user, tenant, scope: null, "forget in");
        return MayForget ? owner : throw new ProblemException(StatusCodes.Status403Forbidden, $"Agent {Name} may not forget users; its entry of Server:Agents needs \"MayForget\": true (recollect key new --may-forget).");
    }

    /// <summary>Tells whether it may see what an owner has.</summary>
    public bool MaySee(Owner owner) => string.Equals(owner.Tenant, Tenant, StringComparison.Ordinal) && MayRead(owner.Scope);

    private Owner OwnerIn(string? user, string? tenant, string? scope, string what)
    {
        if (IsBlank(user) || IsBlank(tenant) || IsBlank(scope))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The fields user, tenant and scope must not be empty.");
        }

        var owner = new Owner { User = user ?? Owner.DefaultUser, Tenant = tenant ?? Tenant, Scope = scope ?? Owner.PersonalScope };
        return string.Equals(owner.Tenant, Tenant, StringComparison.Ordinal) ? owner : throw new ProblemException(StatusCodes.Status403Forbidden, Name is null
            ? $"Without a key the tenant is \"{Tenant}\"; another one needs a key of its own (recollect key new)."
            : $"Agent {Name} may not {what} tenant {Quoted.Of(owner.Tenant)}; its own is {Tenant}.");
    }

    private static bool IsBlank(string? name) => name is not null && string.IsNullOrWhiteSpace(name);

    private bool MayRead(string scope) => Scopes.Allows(scope);
}
