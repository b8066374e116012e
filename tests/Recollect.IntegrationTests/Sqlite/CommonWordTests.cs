using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.Text;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class CommonWordTests : IDisposable
{
    private const int Many = 10_500; // more than are ranked

    private static readonly Visibility Mine = Visibility.Of(new() { User = "u1" });

    private readonly SqliteMemoryStores _stores = new();

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task A_word_in_very_many_messages_finds_the_latest_and_never_hides_a_rare_one()
    {
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("rare", texts: ["apple quince", "apple pear"]), [], CancellationToken.None);
        await store.UpsertAsync(MemoryRecords.Of("many", texts: [.. Enumerable.Repeat("apple pear", Many)]), [], CancellationToken.None);

        var latest = await store.SearchMessagesAsync(Mine, [SearchText.Terms("apple"), SearchText.Terms("pear")], 5, 2, CancellationToken.None);
        Assert.Contains(latest.Messages, message => message.Position == Many - 1);
        Assert.All(latest.Messages, message => Assert.Equal(MemoryRecords.IdOf("many"), message.MemoryId));

        var rare = await store.SearchMessagesAsync(Mine, [SearchText.Terms("apple"), SearchText.Terms("quince")], 1_000, 2, CancellationToken.None);
        Assert.Contains(rare.Messages, message => string.Equals(message.MemoryId, MemoryRecords.IdOf("rare"), StringComparison.Ordinal) && message.Position == 0);
    }

    [Fact]
    public async Task Among_very_many_messages_those_with_more_of_the_words_come_first_and_then_those_with_the_rarer_word()
    {
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("both", texts: ["melon grape", "grape"]), [], CancellationToken.None);
        await store.UpsertAsync(MemoryRecords.Of("many", texts: [.. Enumerable.Range(0, Many).Select(number => number % 4 == 0 ? "melon" : number % 3 == 0 ? "grape" : "nothing")]), [], CancellationToken.None);
        await store.UpsertAsync(MemoryRecords.Of("late", texts: ["grape melon", .. Enumerable.Repeat("melon", 20)]), [], CancellationToken.None);

        var found = await store.SearchMessagesAsync(Mine, [SearchText.Terms("melon"), SearchText.Terms("grape")], 30, 2, CancellationToken.None);

        Assert.Contains(found.Messages, message => string.Equals(message.MemoryId, MemoryRecords.IdOf("late"), StringComparison.Ordinal) && message.Position == 0);
        Assert.True(found.Messages.Count(message => message.Message.Text is "grape" && string.Equals(message.MemoryId, MemoryRecords.IdOf("many"), StringComparison.Ordinal)) >= 25);
    }
}
