using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P10.</summary>
public abstract class RecallIsolation
{
    private static readonly string[] Words = ["parking", "budget", "sycamore", "review", "Dana", "secret", "March", "cable", "naïve", "漢字", "собрание", "اجتماع"];

    private static readonly string[] HardQueries =
    [
        "parking OR budget", "parking AND NOT budget", "\"parking", "NEAR(parking budget, 5)", "park*", "^parking", "terms:parking", "parking)", "-parking", "'; DROP TABLE memories; --",
        "\0parking\0", "the of and is", "", " ", "?!…", "漢字", "собрание", "اجتماع", "👩‍👩‍👧", "\uD800 lone", "{parking : budget}", "p1 p2 p3", "user:*", "%", "_", "parking\" OR \"secret",
    ];

    /// <summary>Gets how many questions are asked.</summary>
    protected virtual int Questions => TestSize.Of(600, 10_000);

    /// <summary>Gets how many memories each owner has.</summary>
    protected virtual int MemoriesOfEach => 3;

    /// <summary>Makes an empty store.</summary>
    protected abstract Task<IMemoryStore> CreateAsync();

    [Fact]
    public async Task No_query_ever_sees_what_its_owner_may_not_see()
    {
        var store = await CreateAsync();
        var random = new Random(7);
        var owners = Owners();
        var owned = await FillAsync(store, owners, random, MemoriesOfEach);
        var engine = new RecallEngine(store, new HashEmbedder());

        for (var i = 0; i < Questions; i++)
        {
            var owner = owners[random.Next(owners.Count)];
            var query = new RecallQuery { Owner = owner, Text = Query(random, i), Top = random.Next(1, 60) };
            var memories = await engine.RecallAsync(query, CancellationToken.None);
            var messages = await MessagesAsync(store, engine, query);

            var seen = memories.Select(memory => memory.Memory.Id).Concat(messages.Select(message => message.ConversationId));
            Assert.All(seen, id => Assert.Equal(owner.Visibility, owned[id].Visibility));
        }
    }

    [Fact]
    public async Task A_stranger_sees_nothing()
    {
        var store = await CreateAsync();
        await FillAsync(store, Owners(), new Random(7), MemoriesOfEach);
        var engine = new RecallEngine(store, new HashEmbedder());
        foreach (var stranger in new Owner[] { new() { User = "nobody" }, new() { User = "DANA" }, new() { User = "dana ", Tenant = "acme" }, new() { User = "dana", Tenant = "other", Scope = "ministry" } })
        {
            foreach (var text in Words.Concat(HardQueries))
            {
                var query = new RecallQuery { Owner = stranger, Text = text, Top = 100 };
                Assert.Empty(await engine.RecallAsync(query, CancellationToken.None));
                Assert.Empty(await MessagesAsync(store, engine, query));
            }
        }
    }

    [Fact]
    public async Task What_is_a_wildcard_elsewhere_is_a_name_like_any_other()
    {
        var store = await CreateAsync();
        Owner[] owners = [.. new[] { "*", "%", "_", "?", "d*", "dan_", "dana", "d%a", "[a-z]*", ".*", "\\*" }.Select(user => new Owner { User = user }), new() { User = "dana", Tenant = "*" }, new() { User = "*", Tenant = "acm_" }];
        foreach (var (number, owner) in owners.Index())
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", owner, texts: ["The parking budget *", "Yes."]), [], CancellationToken.None);
        }

        var engine = new RecallEngine(store, new HashEmbedder());
        foreach (var (number, owner) in owners.Index())
        {
            var query = new RecallQuery { Owner = owner, Text = "parking *", Top = 100 };
            Assert.Equal(MemoryRecords.IdOf($"n{number}"), Assert.Single(await store.SearchAsync(owner.Visibility, MemoryRecords.Vector("q"), 100, CancellationToken.None)).MemoryId);
            Assert.All(await MessagesAsync(store, engine, query), message => Assert.Equal(MemoryRecords.IdOf($"n{number}"), message.ConversationId));
        }

        await store.ForgetAsync(Owner.DefaultTenant, "*", CancellationToken.None);
        Assert.Equal(owners.Length - 1, (await store.GetStatisticsAsync(CancellationToken.None)).Memories);
    }

    [Fact]
    public async Task A_question_of_a_megabyte_is_answered()
    {
        var store = await CreateAsync();
        var owners = Owners();
        await FillAsync(store, owners, new Random(7), MemoriesOfEach);
        var engine = new RecallEngine(store, new HashEmbedder());
        var query = new RecallQuery { Owner = owners[0], Text = string.Concat(Enumerable.Repeat("parking \"budget\" (", 60_000)), Top = 5 };

        Assert.NotEmpty(await engine.RecallAsync(query, CancellationToken.None));
        Assert.True(store is not ILexicalSearch || (await MessagesAsync(store, engine, query)).Count > 0);
    }

    // A store without words to search refuses the question.
    private static async Task<IReadOnlyList<RecalledMessage>> MessagesAsync(IMemoryStore store, RecallEngine engine, RecallQuery query) =>
        store is ILexicalSearch ? await engine.RecallMessagesAsync(query, CancellationToken.None) : [];

    private static List<Owner> Owners()
    {
        string[] users = ["dana", "dana' OR '1'='1", "%", "_", "*", "\"", "dana*", "DROP TABLE", .. Enumerable.Range(0, 17).Select(i => $"user{i}")];
        return [.. from user in users from tenant in new[] { "default", "acme" } from scope in new[] { "personal", "ministry" } select new Owner { User = user, Tenant = tenant, Scope = scope }];
    }

    private static async Task<Dictionary<string, Owner>> FillAsync(IMemoryStore store, List<Owner> owners, Random random, int memories)
    {
        var owned = new Dictionary<string, Owner>(StringComparer.Ordinal);
        foreach (var owner in owners)
        {
            for (var i = 0; i < memories; i++)
            {
                string[] texts = [.. Enumerable.Range(0, 4).Select(_ => $"{Word(random)} {Word(random)} parking budget")];
                var record = MemoryRecords.Of($"{owner.Tenant}|{owner.User}|{owner.Scope}|{i}", owner, texts, thread: $"t{i}", summary: $"{Word(random)} parking");
                await store.UpsertAsync(record, [], CancellationToken.None);
                owned.Add(record.Memory.Id, owner);
            }
        }

        return owned;
    }

    private static string Query(Random random, int number) =>
        number % 3 == 0 ? HardQueries[number / 3 % HardQueries.Length] : $"{Word(random)} {Word(random)} {(number % 3 == 1 ? HardQueries[random.Next(HardQueries.Length)] : "?")}";

    private static string Word(Random random) => Words[random.Next(Words.Length)];
}
