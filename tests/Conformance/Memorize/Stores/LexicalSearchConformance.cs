using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <summary>What every memory store that can search by words promises.</summary>
public abstract class LexicalSearchConformance
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Visibility Mine = Visibility.Of(new() { User = "u1" });

    /// <summary>Makes an empty store that is ready to use, independent of every other, and an <see cref="ILexicalSearch"/>.</summary>
    protected abstract ValueTask<IMemoryStore> CreateAsync();

    [Fact]
    public async Task A_message_is_found_by_its_own_words_first_and_by_its_neighbours_after()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["Where did we park?", "Under the sycamore.", "Thanks!", "Bye.", "Later.", "Much later."]), [], None);
        var found = await search.SearchMessagesAsync(Mine, ["sycamore"], 10, None);
        Assert.Equal((MemoryRecords.IdOf("a"), 1), (found[0].MemoryId, found[0].Position));
        Assert.Equal([0, 1, 2, 3], found.Select(match => match.Position).Order());
        Assert.All(found, match => Assert.True(match.Score > 0));
        Assert.Equal(found.OrderByDescending(match => match.Score).Select(match => match.Score), found.Select(match => match.Score));
    }

    [Fact]
    public async Task Words_are_found_in_other_forms_and_without_accents()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["She was RUNNING to the Café."]), [], None);
        Assert.Single(await search.SearchMessagesAsync(Mine, ["runs"], 10, None));
        Assert.Single(await search.SearchMessagesAsync(Mine, ["cafe"], 10, None));
        Assert.Single(await search.SearchMemoriesAsync(Mine, ["run", "nonsense"], 10, None));
    }

    [Fact]
    public async Task A_message_is_found_by_its_author()
    {
        var (store, search) = await StoreAsync();
        var record = MemoryRecords.Of("a", texts: ["Hello."]);
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(record with { Messages = [record.Messages[0] with { Author = "Marguerite" }] }, [], None);
        Assert.Single(await search.SearchMessagesAsync(Mine, ["marguerite"], 10, None));
    }

    [Fact]
    public async Task A_memory_is_found_by_conversation_title_summary_and_topics()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        var record = MemoryRecords.Of("a", texts: ["about otters"], summary: "A beaver came.");
        await store.UpsertAsync(record with { Memory = record.Memory with { Title = "On weasels", Topics = ["badgers", "line\nmarten"] } }, [], None);
        foreach (var word in new[] { "otter", "beaver", "weasel", "badger", "marten" })
        {
            Assert.Equal([MemoryRecords.IdOf("a")], (await search.SearchMemoriesAsync(Mine, [word], 10, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Without_kept_text_a_memory_is_found_and_no_message()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        var record = MemoryRecords.Of("a", summary: "A beaver came.") with { Messages = [] };
        var facts = new[] { new Fact { Text = "Otters \"swim\".", Citations = record.Memory.Citations } };
        await store.UpsertAsync(record with { Memory = record.Memory with { Facts = facts } }, [], None);
        Assert.Single(await search.SearchMemoriesAsync(Mine, ["beaver"], 10, None));
        Assert.Single(await search.SearchMemoriesAsync(Mine, ["otters"], 10, None));
        Assert.Empty(await search.SearchMessagesAsync(Mine, ["beaver", "otters", "question"], 10, None));
    }

    [Fact]
    public async Task More_of_the_words_is_better()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("one", texts: ["red apples"]), [], None);
        await store.UpsertAsync(MemoryRecords.Of("both", texts: ["red kites"]), [], None);
        Assert.Equal(MemoryRecords.IdOf("both"), (await search.SearchMessagesAsync(Mine, ["red", "kite"], 10, None))[0].MemoryId);
        Assert.Equal(MemoryRecords.IdOf("both"), (await search.SearchMemoriesAsync(Mine, ["red", "kite"], 10, None))[0].MemoryId);
    }

    [Fact]
    public async Task A_search_sees_its_own_visibility_only()
    {
        var (store, search) = await StoreAsync();
        var owners = new[] { "u1", "o1", "o'Brien", "\"", "*", "%", "_", "a\0b", "🦊", "owner", new string('x', 2_000) }.Select(user => new Owner { User = user })
            .Append(new() { User = "u1", Tenant = "t2" })
            .Append(new() { User = "u1", Scope = "ministry" })
            .Append(new() { User = "u1", Scope = "departmental" })
            .ToArray();
        foreach (var (number, owner) in owners.Index())
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", owner, texts: ["zebra owner o1 o2"]), [], None);
        }

        foreach (var (number, owner) in owners.Index())
        {
            foreach (var term in new[] { "zebra", "o1", "owner", "owner:o1", "\" OR owner:\"o1" })
            {
                Assert.All(await search.SearchMessagesAsync(owner.Visibility, [term], 50, None), match => Assert.Equal(MemoryRecords.IdOf($"n{number}"), match.MemoryId));
                Assert.All(await search.SearchMemoriesAsync(owner.Visibility, [term], 50, None), match => Assert.Equal(MemoryRecords.IdOf($"n{number}"), match.MemoryId));
            }

            Assert.Single(await search.SearchMessagesAsync(owner.Visibility, ["zebra"], 50, None));
        }

        Assert.Single(await search.SearchMessagesAsync(Visibility.Of(new() { User = "another", Scope = "ministry" }), ["zebra"], 50, None));
        Assert.Empty(await search.SearchMessagesAsync(Visibility.Of(new() { User = "nobody" }), ["zebra"], 50, None));
        Assert.Empty(await search.SearchMemoriesAsync(default, ["zebra"], 50, None));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("'")]
    [InlineData("*")]
    [InlineData("AND")]
    [InlineData("OR NOT")]
    [InlineData("NEAR(a b, 5)")]
    [InlineData("owner : o1")]
    [InlineData("{text context} : x")]
    [InlineData("- ^ + ( ) [ ] { } : ; , . \\ / | & ! ~ ` @ # $ %")]
    [InlineData("😀")]
    [InlineData("́")]
    [InlineData("a\0b")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    [InlineData("漢字 кириллица עברית ไทย")]
    [InlineData("the")]
    [InlineData("\ue000")]
    [InlineData("ⅷ ½ ²")]
    [InlineData("'; DROP TABLE memories; --")]
    [InlineData("\U0001E900 \uA7C2 \U00016D40 \U00010D4A")]
    public async Task No_term_breaks_a_search(string term)
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["sycamore"]), [], None);
        Assert.DoesNotContain(await search.SearchMessagesAsync(Mine, [term], 5, None), match => string.Equals(match.MemoryId, MemoryRecords.IdOf("a"), StringComparison.Ordinal));
        _ = await search.SearchMemoriesAsync(Mine, [term], 5, None);
        Assert.Equal(MemoryRecords.IdOf("a"), Assert.Single(await search.SearchMessagesAsync(Mine, [term, "sycamore", term], 1, None)).MemoryId);
    }

    [Fact]
    public async Task Other_scripts_are_found()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["Мы говорили про берёзу и שלום и Straße"]), [], None);
        foreach (var word in new[] { "берёзу", "שלום", "STRAßE", "про" })
        {
            Assert.Single(await search.SearchMessagesAsync(Mine, [word], 5, None));
        }
    }

    [Fact]
    public async Task Very_many_and_very_long_terms_are_safe()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["sycamore"]), [], None);
        Assert.Single(await search.SearchMessagesAsync(Mine, ["sycamore", .. Enumerable.Range(0, 10_000).Select(number => $"word{number}")], 5, None));
        Assert.Empty(await search.SearchMessagesAsync(Mine, [new string('x', 1_000_000)], 5, None));
        Assert.Empty(await search.SearchMessagesAsync(Mine, [string.Concat(Enumerable.Repeat("lorem \" ", 130_000))], 5, None));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, [new string('"', 1_000_000)], 5, None));
        Assert.Empty(await search.SearchMessagesAsync(Mine, [], 5, None));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, [], 5, None));
    }

    [Fact]
    public async Task Replaced_and_deleted_text_is_not_found_any_more()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["sycamore", "oak", "elm"]), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["willow"]), [], None);
        Assert.Empty(await search.SearchMessagesAsync(Mine, ["sycamore", "oak", "elm"], 5, None));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, ["sycamore", "oak", "elm"], 5, None));
        Assert.Single(await search.SearchMessagesAsync(Mine, ["willow"], 5, None));
        await store.DeleteAsync([MemoryRecords.IdOf("a")], None);
        Assert.Empty(await search.SearchMessagesAsync(Mine, ["willow"], 5, None));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, ["willow"], 5, None));
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task Deleting_leaves_the_scores_of_others_as_if_it_had_never_been()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["sycamore and oak", "elm"]), [], None);
        var before = (await search.SearchMessagesAsync(Mine, ["oak", "elm"], 9, None), await search.SearchMemoriesAsync(Mine, ["oak", "elm"], 9, None));
        await store.UpsertAsync(MemoryRecords.Of("b", texts: ["oak elm oak", "elm", "x"]), [], None);
        await store.UpsertAsync(MemoryRecords.Of("c", texts: ["elm"]), [MemoryRecords.IdOf("b")], None);
        await store.DeleteAsync([MemoryRecords.IdOf("c")], None);
        Assert.Equal(before.Item1, await search.SearchMessagesAsync(Mine, ["oak", "elm"], 9, None));
        Assert.Equal(before.Item2, await search.SearchMemoriesAsync(Mine, ["oak", "elm"], 9, None));
    }

    [Fact]
    public async Task Equal_scores_are_cut_by_id_and_position_whatever_the_order_of_storing()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(number => $"n{number}")];
        foreach (var order in new[] { names, [.. names.Reverse()] })
        {
            var (store, search) = await StoreAsync();
            foreach (var name in order)
            {
                await store.UpsertAsync(MemoryRecords.Of(name, texts: ["oak"]), [], None);
            }

            var expected = names.Select(MemoryRecords.IdOf).Order(StringComparer.Ordinal).Take(5);
            Assert.Equal(expected, (await search.SearchMessagesAsync(Mine, ["oak"], 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
            Assert.Equal(expected, (await search.SearchMemoriesAsync(Mine, ["oak"], 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
        }
    }

    private static MemoryRecord Filler() => MemoryRecords.Of("filler", texts: [.. Enumerable.Range(0, 8).Select(number => $"filler{number} stuffing")], summary: "Filler.");

    private async Task<(IMemoryStore Store, ILexicalSearch Search)> StoreAsync()
    {
        var store = await CreateAsync();
        return (store, Assert.IsType<ILexicalSearch>(store, exactMatch: false));
    }
}
