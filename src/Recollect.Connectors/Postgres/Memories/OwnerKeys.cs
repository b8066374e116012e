using Recollect.Conversations;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Whose a row is, as one short key that stands in every table that is searched and leads its indexes.</summary>
/// <remarks>
/// Tenant, scope and user themselves may each be longer than an entry of an index. Of the 256 bits of a hash 128 are kept, so that no
/// two circles share a key.
/// </remarks>
internal static class OwnerKeys
{
    private const int KeyBytes = 16;
    private const int MarkLength = 8;

    /// <summary>Gets the key of a circle that may see memories; null for nobody's.</summary>
    public static Guid? Of(Visibility visibility) => visibility.Scope is null ? null : KeyOf(visibility.Tenant, visibility.Scope, visibility.User);

    /// <summary>Gets the key of a user in all scopes.</summary>
    public static Guid Of(string tenant, string user) => KeyOf(tenant, user);

    /// <summary>Gets what stands before each word of a circle in the full-text index, so that a search reads no other's entries.</summary>
    /// <remarks>Where two circles share it, the key still keeps them apart.</remarks>
    public static string MarkOf(Guid visibility) => visibility.ToString("N")[..MarkLength];

    private static Guid KeyOf(params ReadOnlySpan<string?> parts) => Guid.ParseExact(StableHash.Of(KeyBytes, parts), "N");
}
