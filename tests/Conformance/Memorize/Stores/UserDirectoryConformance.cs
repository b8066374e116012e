using System.Text;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <summary>What every memory store that can list its users promises.</summary>
public abstract class UserDirectoryConformance
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Users = ["ana", "Ana", "ánna", "דנה", "日本", "🦊", "a b", "%", "*"];

    /// <summary>Makes an empty store that is ready to use, independent of every other, and an <see cref="IUserDirectory"/>.</summary>
    protected abstract ValueTask<IMemoryStore> CreateAsync();

    [Fact]
    public async Task Users_come_page_by_page_each_once_with_all_their_memories()
    {
        var (store, directory) = await StoreAsync();
        foreach (var (index, user) in Users.Index())
        {
            for (var memory = 0; memory <= index % 3; memory++)
            {
                await store.UpsertAsync(MemoryRecords.Of($"{user} {memory}", new Owner { User = user, Scope = memory == 1 ? "ministry" : Owner.PersonalScope }), [], None);
            }
        }

        var listed = new List<UserMemories>();
        for (var page = await directory.ListUsersAsync("default", ScopeFilter.All, after: null, 2, None); page.Count > 0; page = await directory.ListUsersAsync("default", ScopeFilter.All, page[^1].User, 2, None))
        {
            Assert.InRange(page.Count, 1, 2);
            listed.AddRange(page);
        }

        Assert.Equal(Users.Index().Select(one => (one.Item, (one.Index % 3) + 1L)).Order(), listed.Select(one => (one.User, one.Memories)).Order());
        string[] bytes = [.. listed.Select(one => Convert.ToHexString(Encoding.UTF8.GetBytes(one.User)))];
        Assert.Equal(bytes.Order(StringComparer.Ordinal), bytes, StringComparer.Ordinal);
        Assert.All(listed, one => Assert.Equal("default", one.Tenant));
    }

    [Fact]
    public async Task Users_of_another_tenant_are_not_listed()
    {
        var (store, directory) = await StoreAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", new Owner { User = "dana", Tenant = "acme" }), [], None);
        Assert.Empty(await directory.ListUsersAsync("default", ScopeFilter.All, after: null, 10, None));
        Assert.Empty(await directory.ListUsersAsync("ac", ScopeFilter.All, after: null, 10, None));
        Assert.Empty(await directory.ListUsersAsync("acm%", ScopeFilter.All, after: null, 10, None));
        Assert.Equal("dana", Assert.Single(await directory.ListUsersAsync("acme", ScopeFilter.All, after: null, 10, None)).User);
    }

    [Fact]
    public async Task Only_memories_of_the_scopes_count()
    {
        var (store, directory) = await StoreAsync();
        foreach (var (name, user, scope) in new[] { ("a", "dana", Owner.PersonalScope), ("b", "dana", "ministry"), ("c", "dana", "secrets"), ("d", "omar", "secrets"), ("e", "omar", "PRIVATE") })
        {
            await store.UpsertAsync(MemoryRecords.Of(name, new Owner { User = user, Scope = scope }), [], None);
        }

        Assert.Equal([("dana", 3), ("omar", 2)], await OfAsync(ScopeFilter.All));
        Assert.Equal([("dana", 2), ("omar", 1)], await OfAsync(ScopeFilter.AllBut("secrets")));
        Assert.Equal([("dana", 1)], await OfAsync(ScopeFilter.Only(Owner.PersonalScope)));
        Assert.Equal([("dana", 1), ("omar", 1)], await OfAsync(ScopeFilter.Only("secrets", "nothing")));
        Assert.Empty(await OfAsync(ScopeFilter.Only("Secrets", "%", "[\"secrets\"]", "\"")));
        Assert.Empty(await OfAsync(ScopeFilter.Only()));

        async Task<IEnumerable<(string User, long Memories)>> OfAsync(ScopeFilter scopes) =>
            (await directory.ListUsersAsync("default", scopes, after: null, 10, None)).Select(one => (one.User, one.Memories));
    }

    [Fact]
    public async Task A_forgotten_user_is_not_listed()
    {
        var (store, directory) = await StoreAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", new Owner { User = "dana" }), [], None);
        await store.ForgetAsync("default", "dana", None);
        Assert.Empty(await directory.ListUsersAsync("default", ScopeFilter.All, after: null, 10, None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_page_has_room_for_one_at_least(int top)
    {
        var (_, directory) = await StoreAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await directory.ListUsersAsync("default", ScopeFilter.All, after: null, top, None));
    }

    private async ValueTask<(IMemoryStore Store, IUserDirectory Directory)> StoreAsync()
    {
        var store = await CreateAsync();
        return (store, Assert.IsAssignableFrom<IUserDirectory>(store));
    }
}
