using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Recollect.IntegrationTests.Promises;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>A reading of what changed gives the conversations that changed as a reading of everything does, whole, and nothing else.</summary>
public sealed class RecentReadPropertyTests : IAsyncLifetime
{
    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public void What_changed_is_read_as_in_a_reading_of_everything() => Check(static (_, chats, _) => chats);

    [Fact]
    public void What_was_brought_in_since_with_old_dates_is_read_too() => Check(ChatHistory.WithImports);

    private void Check(Func<Random, List<StubChat>, DateTimeOffset, List<StubChat>> change) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => CheckAsync(new Random(seed), change)).Check(Config.QuickThrowOnFailure.WithMaxTest(TestSize.Of(100, 2_000)));

    private async Task CheckAsync(Random random, Func<Random, List<StubChat>, DateTimeOffset, List<StubChat>> change)
    {
        var chats = ChatHistory.Of(random, random.Next(200));
        var request = RequestOf(random, chats);
        var since = request.ConversationsSince is { } needed && needed < request.ChangedSince ? needed : request.ChangedSince!.Value;
        chats = change(random, chats, since);
        _bench.Stub.Clear();
        _bench.Stub.Add(chats);

        var everything = await ConversationsAsync(ReadRequest.Everything);
        var calls = _bench.Stub.Offsets.Count;
        var recent = await ConversationsAsync(request);
        var pages = _bench.Stub.Offsets.Count - calls;

        var firstNew = chats.Where(chat => ChatHistory.TimeOf(chat) >= since).Select(chat => chat.Id).DefaultIfEmpty(long.MaxValue).Min();
        var changed = everything.Where(one => one.Messages.Any(message => message.Position >= firstNew)).ToList();
        var threads = changed.Select(one => one.Thread.Id).ToHashSet(StringComparer.Ordinal);
        var whole = everything.Select(Describe).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(recent.Select(Describe).ToHashSet(StringComparer.Ordinal), changed.Select(Describe).ToHashSet(StringComparer.Ordinal));
        Assert.All(recent, one => Assert.Contains(Describe(one), whole));
        Assert.All(recent, one => Assert.Contains(one.Thread.Id, threads));
        Assert.All(recent.GroupBy(one => one.Thread.Id, StringComparer.Ordinal), thread => Assert.Contains(Describe(thread.MinBy(one => one.StartedAt)!), changed.Select(Describe), StringComparer.Ordinal));
        Assert.Equal(chats.Count == 0 ? 3 : new WalkModel(chats, since).Pages, pages);
    }

    private static ReadRequest RequestOf(Random random, List<StubChat> chats) => random.Next(3) switch
    {
        0 => new() { ChangedSince = ChatHistory.Moment(random, chats), Conversations = ["any"], ConversationsSince = ChatHistory.Moment(random, chats) },
        _ => new() { ChangedSince = ChatHistory.Moment(random, chats) },
    };

    private async Task<List<Conversation>> ConversationsAsync(ReadRequest request) =>
    [
        .. from message in await _bench.ReadAsync(request)
           group message.Message by message.Thread.Key into thread
           from run in ConversationSegmenter.SplitByGap(thread.Order(MessageOrder.Instance), SourceBench.Window)
           select Conversation.FromRun(thread.Key, run)
    ];

    private static string Describe(Conversation conversation) => $"{conversation.Thread.Id} {string.Join(',', conversation.Messages.Select(message => message.Id))}";
}
