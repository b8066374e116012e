using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Chroma;

/// <content>Listing users: the server cannot group, so the metadata of each memory of the tenant is read.</content>
internal sealed partial class ChromaMemoryStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<UserMemories>> ListUsersAsync(string tenant, ScopeFilter scopes, string? after, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (string.IsNullOrWhiteSpace(tenant))
        {
            return []; // nobody's
        }

        var users = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var rows in CirclesAsync(RecordFilter.Memories(RecordMetadata.Tenant, [tenant]), cancellationToken))
        {
            foreach (var (collection, row) in rows.DistinctBy(one => one.Row.Text(RecordMetadata.Id), StringComparer.Ordinal))
            {
                var user = row.Text(RecordMetadata.User);
                if (scopes.Allows(ScopeOf(collection, row, tenant, user)))
                {
                    users[user] = users.GetValueOrDefault(user) + 1;
                }
            }
        }

        if (string.Equals(tenant, Owner.DefaultTenant, StringComparison.Ordinal) && scopes.Allows(Owner.PersonalScope))
        {
            var ofBots = (await _directory.ListAsync(cancellationToken)).Where(collection => _names.UserOf(collection.Name) is not null);
            foreach (var user in await _finder.EverywhereAsync(ofBots, async collection =>
                (await _records.GetAllAsync(collection, RecordFilter.OfBots, RecordApi.Metadata, cancellationToken)).Where(row => !row.IsOurs).Select(_ => _names.UserOf(collection.Name)!).ToList()))
            {
                users[user] = users.GetValueOrDefault(user) + 1;
            }
        }

        return [.. users.Where(pair => ByBytes.Compare(pair.Key, after ?? string.Empty) > 0).OrderBy(pair => pair.Key, ByBytes).Take(top).Select(pair => new UserMemories(tenant, pair.Key, pair.Value))];
    }

    // What a record says of a personal scope is a word of the bots before, which could be the name of a shared one.
    private string ScopeOf(Collection collection, StoredRow row, string tenant, string user) =>
        string.Equals(_names.CircleOf(collection.Name), _names.Of(Visibility.Of(new() { Tenant = tenant, User = user })), StringComparison.Ordinal) ? Owner.PersonalScope : row.Text("scope");
}
