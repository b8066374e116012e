using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Text;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <summary>What every memory store that can search by words promises.</summary>
public abstract class LexicalSearchConformance
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Visibility Mine = Visibility.Of(new() { User = "u1" });

    /// <summary>Makes an empty store that is ready to use, independent of every other, and an <see cref="ILexicalSearch"/>.</summary>
    protected abstract ValueTask<IMemoryStore> CreateAsync();

    [Theory]
    [InlineData(0, new[] { 1 })]
    [InlineData(1, new[] { 0, 1, 2 })]
    [InlineData(2, new[] { 0, 1, 2, 3 })]
    [InlineData(ILexicalSearch.MostNeighbours, new[] { 0, 1, 2, 3, 4, 5 })]
    public async Task A_message_is_found_with_its_neighbours_on_each_side(int neighbours, int[] positions)
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        var record = MemoryRecords.Of("a", texts: ["Where did we park?", "Under the sycamore.", "Thanks!", "Bye.", "Later.", "Much later."]);
        await store.UpsertAsync(record, [], None);
        var found = await search.SearchMessagesAsync(Mine, Terms("sycamore"), 10, neighbours, None);
        Assert.Equal(14, found.Searched);
        Assert.All(found.Messages, candidate => Assert.Equal(record.Memory.Id, candidate.MemoryId));
        Assert.Equal(positions, found.Messages.Select(candidate => candidate.Position));
        Assert.Equal(positions.Select(at => record.Messages[at]).Select(message => (message.Id, message.Text, message.Author, message.SentAt)), found.Messages.Select(candidate => (candidate.Message.Id, candidate.Message.Text, candidate.Message.Author, candidate.Message.SentAt)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(ILexicalSearch.MostNeighbours + 1)]
    public async Task More_neighbours_than_can_be_given_are_refused(int neighbours)
    {
        var (_, search) = await StoreAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await search.SearchMessagesAsync(Mine, Terms("sycamore"), 10, neighbours, None));
    }

    /// <summary>However many words are asked for at once, each finds what it finds alone.</summary>
    [Fact]
    public async Task Many_words_find_what_each_of_them_finds()
    {
        var (store, search) = await StoreAsync();
        var random = new Random(7);
        string[] words = [.. Enumerable.Range(0, 40).Select(static number => $"word{number}"), "naïve", "משפט", "договор", "会議", "🦊", "don't", "of", "the"];
        for (var memory = 0; memory < 4; memory++)
        {
            var texts = Enumerable.Range(0, 8).Select(_ => string.Join(' ', Enumerable.Range(0, 4).Select(_ => words[random.Next(words.Length)]))).ToArray();
            await store.UpsertAsync(MemoryRecords.Of($"m{memory}", texts: texts), [], None);
        }

        string[] asked = [.. words.Where((_, at) => at % 3 != 0).SelectMany(Terms).Distinct(StringComparer.Ordinal)];
        var together = await FindAsync(search, Mine, asked, 100);
        var alone = new HashSet<(string, int)>();
        foreach (var word in asked)
        {
            alone.UnionWith((await FindAsync(search, Mine, [word], 100)).Select(static found => (found.MemoryId, found.Position)));
        }

        Assert.NotEmpty(alone);
        Assert.Equal(alone.Order(), together.Select(static found => (found.MemoryId, found.Position)).Order());
    }

    [Fact]
    public async Task Neighbours_that_are_hits_themselves_come_once()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["oak", "oak", "x", "oak", "y", "z", "w", "v", "oak"]), [], None);
        Assert.Equal(Enumerable.Range(0, 9), (await FindAsync(search, Mine, Terms("oak"), 10)).Select(candidate => candidate.Position));
    }

    [Fact]
    public async Task Words_are_found_in_other_forms_and_without_accents()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["She was RUNNING to the Café."], summary: "She RAN."), [], None);
        Assert.Single(await FindAsync(search, Mine, Terms("runs"), 10));
        Assert.Single(await FindAsync(search, Mine, Terms("cafe"), 10));
        Assert.Single(await search.SearchMemoriesAsync(Mine, Terms("run nonsense"), 10, None));
    }

    [Fact]
    public async Task A_memory_is_found_by_title_summary_topics_and_facts()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        var record = MemoryRecords.Of("a", texts: ["Hello."], summary: "A beaver came.");
        var facts = new[] { new Fact { Text = "An otter swims.", Citations = record.Memory.Citations } };
        await store.UpsertAsync(record with { Memory = record.Memory with { Title = "On weasels", Topics = ["badgers", "line\nmarten"], Facts = facts } }, [], None);
        foreach (var word in new[] { "otter", "beaver", "weasel", "badger", "marten" })
        {
            Assert.Equal([MemoryRecords.IdOf("a")], (await search.SearchMemoriesAsync(Mine, Terms(word), 10, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
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
        Assert.Single(await search.SearchMemoriesAsync(Mine, Terms("beaver"), 10, None));
        Assert.Single(await search.SearchMemoriesAsync(Mine, Terms("otters"), 10, None));
        Assert.Empty(await FindAsync(search, Mine, Terms("beaver otters question"), 10));
    }

    [Fact]
    public async Task More_of_the_words_is_better()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("one", texts: ["red apples"], summary: "red apples"), [], None);
        await store.UpsertAsync(MemoryRecords.Of("both", texts: ["red kites"], summary: "red kites"), [], None);
        Assert.Equal(MemoryRecords.IdOf("both"), (await FindAsync(search, Mine, Terms("red kites"), 1))[0].MemoryId);
        Assert.Equal(MemoryRecords.IdOf("both"), (await search.SearchMemoriesAsync(Mine, Terms("red kites"), 10, None))[0].MemoryId);
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
            foreach (var term in new[] { Terms("zebra")[0], "o1", "o1xzebra", "owner", "owner:o1", "\" OR owner:\"o1" })
            {
                Assert.All(await FindAsync(search, owner.Visibility, [term], 50), match => Assert.Equal(MemoryRecords.IdOf($"n{number}"), match.MemoryId));
                Assert.All(await search.SearchMemoriesAsync(owner.Visibility, [term], 50, None), match => Assert.Equal(MemoryRecords.IdOf($"n{number}"), match.MemoryId));
            }

            Assert.Single(await FindAsync(search, owner.Visibility, Terms("zebra"), 50));
        }

        Assert.Single(await FindAsync(search, Visibility.Of(new() { User = "another", Scope = "ministry" }), Terms("zebra"), 50));
        Assert.Empty(await FindAsync(search, Visibility.Of(new() { User = "nobody" }), Terms("zebra"), 50));
        Assert.Empty(await search.SearchMemoriesAsync(default, Terms("zebra"), 50, None));
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
        Assert.DoesNotContain(await FindAsync(search, Mine, [term], 5), match => string.Equals(match.MemoryId, MemoryRecords.IdOf("a"), StringComparison.Ordinal));
        _ = await search.SearchMemoriesAsync(Mine, [term], 5, None);
        Assert.Equal(MemoryRecords.IdOf("a"), Assert.Single(await FindAsync(search, Mine, [term, .. Terms("sycamore"), term], 1)).MemoryId);
    }

    [Fact]
    public async Task Other_scripts_are_found()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["Мы говорили про берёзу и שלום и Straße"]), [], None);
        foreach (var word in new[] { "берёзу", "שלום", "STRAßE" })
        {
            Assert.Single(await FindAsync(search, Mine, Terms(word), 5));
        }
    }

    [Fact]
    public async Task Very_many_and_very_long_terms_are_safe()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["sycamore"]), [], None);
        Assert.Single(await FindAsync(search, Mine, [.. Terms("sycamore"), .. Enumerable.Range(0, 10_000).Select(number => $"word{number}")], 5));
        Assert.Empty(await FindAsync(search, Mine, [new string('x', 1_000_000)], 5));
        Assert.Empty(await FindAsync(search, Mine, [string.Concat(Enumerable.Repeat("lorem \" ", 130_000))], 5));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, [new string('"', 1_000_000)], 5, None));
        Assert.Empty(await FindAsync(search, Mine, [], 5));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, [], 5, None));
    }

    [Fact]
    public async Task Replaced_and_deleted_text_is_not_found_any_more()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["sycamore", "oak", "elm"], summary: "sycamore oak elm"), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["willow"], summary: "willow"), [], None);
        Assert.Empty(await FindAsync(search, Mine, Terms("sycamore oak elm"), 5));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, Terms("sycamore oak elm"), 5, None));
        Assert.Single(await FindAsync(search, Mine, Terms("willow"), 5));
        await store.DeleteAsync([MemoryRecords.IdOf("a")], None);
        Assert.Empty(await FindAsync(search, Mine, Terms("willow"), 5));
        Assert.Empty(await search.SearchMemoriesAsync(Mine, Terms("willow"), 5, None));
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task Deleting_leaves_the_scores_of_others_as_if_it_had_never_been()
    {
        var (store, search) = await StoreAsync();
        await store.UpsertAsync(Filler(), [], None);
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["sycamore and oak", "elm"], summary: "oak"), [], None);
        var before = (await FindAsync(search, Mine, Terms("oak elm"), 9), await search.SearchMemoriesAsync(Mine, Terms("oak elm"), 9, None));
        await store.UpsertAsync(MemoryRecords.Of("b", texts: ["oak elm oak", "elm", "x"], summary: "elm"), [], None);
        await store.UpsertAsync(MemoryRecords.Of("c", texts: ["elm"]), [MemoryRecords.IdOf("b")], None);
        await store.DeleteAsync([MemoryRecords.IdOf("c")], None);
        Assert.Equal(Places(before.Item1), Places(await FindAsync(search, Mine, Terms("oak elm"), 9)));
        Assert.Equal(before.Item2, await search.SearchMemoriesAsync(Mine, Terms("oak elm"), 9, None));
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
                await store.UpsertAsync(MemoryRecords.Of(name, texts: ["oak"], summary: "oak"), [], None);
            }

            var expected = names.Select(MemoryRecords.IdOf).Order(StringComparer.Ordinal).Take(5);
            Assert.Equal(expected, (await FindAsync(search, Mine, Terms("oak"), 5)).Select(match => match.MemoryId), StringComparer.Ordinal);
            Assert.Equal(expected, (await search.SearchMemoriesAsync(Mine, Terms("oak"), 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
        }
    }

    private static string[] Terms(string words) => SearchText.Terms(words).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(string MemoryId, int Position)> Places(IEnumerable<MessageCandidate> found) => found.Select(candidate => (candidate.MemoryId, candidate.Position));

    private static async Task<IReadOnlyList<MessageCandidate>> FindAsync(ILexicalSearch search, Visibility visibility, IReadOnlyList<string> terms, int top) =>
        (await search.SearchMessagesAsync(visibility, terms, top, 2, None)).Messages;

    private static MemoryRecord Filler() => MemoryRecords.Of("filler", texts: [.. Enumerable.Range(0, 8).Select(number => $"filler{number} stuffing")], summary: "Filler.");

    private async Task<(IMemoryStore Store, ILexicalSearch Search)> StoreAsync()
    {
        var store = await CreateAsync();
        return (store, Assert.IsType<ILexicalSearch>(store, exactMatch: false));
    }
}
