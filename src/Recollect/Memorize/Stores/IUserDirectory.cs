namespace Recollect.Memorize.Stores;

/// <summary>A capability that a memory store may have: listing the users that have memories, for people who look after them.</summary>
/// <remarks>Passes <c>UserDirectoryConformance</c>. Every member is safe to call concurrently.</remarks>
public interface IUserDirectory
{
    /// <summary>Lists the users of a tenant that have a memory in one of some scopes, by name, compared byte by byte.</summary>
    /// <param name="tenant">The only tenant that is looked at.</param>
    /// <param name="scopes">The only scopes that are looked at.</param>
    /// <param name="after">The last user of the page before; null for the first page.</param>
    /// <param name="top">How many at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The page; shorter than <paramref name="top"/> only at the end of the list.</returns>
    ValueTask<IReadOnlyList<UserMemories>> ListUsersAsync(string tenant, ScopeFilter scopes, string? after, int top, CancellationToken cancellationToken);
}
