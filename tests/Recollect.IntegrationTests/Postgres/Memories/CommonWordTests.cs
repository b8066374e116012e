using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Servers;
using Recollect.Text;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PostgresTests.Name)]
public sealed class CommonWordTests(PostgresServer server) : IAsyncDisposable
{
    private const int Many = 10_500; // more than are ranked

    private static readonly Visibility Mine = Visibility.Of(new() { User = "u1" });

    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_word_in_very_many_messages_finds_the_latest_and_never_hides_a_rare_one()
    {
        var token = TestContext.Current.CancellationToken;
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("rare", texts: ["apple quince", "apple pear"]), [], token);
        await store.UpsertAsync(MemoryRecords.Of("many", texts: [.. Enumerable.Repeat("apple pear", Many)]), [], token);

        var latest = await store.SearchMessagesAsync(Mine, [SearchText.Terms("apple"), SearchText.Terms("pear")], 5, 2, token);
        Assert.Contains(latest.Messages, message => message.Position == Many - 1);
        Assert.All(latest.Messages, message => Assert.Equal(MemoryRecords.IdOf("many"), message.MemoryId));

        var rare = await store.SearchMessagesAsync(Mine, [SearchText.Terms("apple"), SearchText.Terms("quince")], 1_000, 2, token);
        Assert.Contains(rare.Messages, message => string.Equals(message.MemoryId, MemoryRecords.IdOf("rare"), StringComparison.Ordinal) && message.Position == 0);
        Assert.Equal(Many + 2, rare.Searched);

        var first = await store.SearchMessagesAsync(Mine, [SearchText.Terms("apple"), SearchText.Terms("quince")], 1, 2, token);
        Assert.All(first.Messages, message => Assert.Equal(MemoryRecords.IdOf("rare"), message.MemoryId));
    }
}
