using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Xunit;

namespace Recollect.UnitTests.Ingest.Segmentation;

public sealed class SegmentationTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("recollect-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task No_message_is_lost_doubled_or_put_across_a_gap()
    {
        for (var (seed, total) = (1, 0); total < 1_000_000; seed++)
        {
            var messages = Chatter.Of(new Random(seed), 50_000, 400);
            var conversations = await SegmentAsync(messages);
            total += messages.Length;

            Assert.Equal(messages.Length, conversations.Sum(conversation => conversation.Messages.Count));
            Assert.Equal(messages.Length, conversations.SelectMany(conversation => conversation.Messages).Select(message => message.Id).Distinct(StringComparer.Ordinal).Count());
            foreach (var thread in conversations.GroupBy(conversation => conversation.Thread.Id, StringComparer.Ordinal))
            {
                AssertCutWhereTheSilenceIsLong([.. thread]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_order_of_arrival_changes_nothing(int seed)
    {
        var random = new Random(seed);
        var messages = Chatter.Of(random, 5_000, 60);
        var expected = Describe(await SegmentAsync(messages));

        random.Shuffle(messages);

        Assert.Equal(expected, Describe(await SegmentAsync(messages)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Messages_that_are_spooled_to_disk_come_back_as_they_were(int seed)
    {
        var random = new Random(seed);
        var messages = Chatter.Of(random, 20_000, 60);
        random.Shuffle(messages);
        var inMemory = await SegmentAsync(messages);

        var spooled = await SegmentAsync(messages, mebibytes: 1);

        Assert.Equal(Describe(inMemory), Describe(spooled));
        foreach (var (left, right) in inMemory.SelectMany(one => one.Messages).Zip(spooled.SelectMany(one => one.Messages)))
        {
            Assert.Equal(left with { Metadata = right.Metadata }, right);
            Assert.Equal(left.Metadata, right.Metadata);
        }

        Assert.True(!Directory.Exists(Path.Combine(_root, "spool")) || Directory.GetFiles(Path.Combine(_root, "spool")).Length == 0);
    }

    [Fact]
    public void The_smallest_budget_really_spools()
    {
        var messages = Chatter.Of(new Random(1), 2_000, 20);
        using var sorter = new ThreadSorter(Path.Combine(_root, "spool"), memoryBytes: 10_000);
        foreach (var message in messages)
        {
            sorter.Add(message);
        }

        Assert.InRange(Directory.GetFiles(Path.Combine(_root, "spool")).Length, 20, 200);
        Assert.Equal(messages.Length, sorter.Threads().Sum(thread => thread.Messages.Count()));
    }

    [Fact]
    public async Task Messages_that_are_appended_keep_the_ids_of_all_conversations_before()
    {
        for (var seed = 1; seed < 30; seed++)
        {
            var messages = Chatter.Of(new Random(seed), 500, 12);
            var before = await SegmentAsync(messages[..300]);
            SourceMessage[] appended = [.. messages[300..].Select(one => one with { Message = one.Message with { SentAt = one.Message.SentAt.AddTicks(1) } })];
            var after = await SegmentAsync([.. messages[..300], .. appended]);

            Assert.Subset(after.Select(one => one.Id).ToHashSet(StringComparer.Ordinal), before.Select(one => one.Id).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("00:59:59", 1)]
    [InlineData("01:00:00", 1)]
    [InlineData("01:00:01", 2)]
    [InlineData("01:00:00.0000001", 2)]
    public async Task A_silence_longer_than_the_window_starts_the_next_conversation(string gap, int conversations)
    {
        var start = new DateTimeOffset(2026, 1, 5, 23, 30, 0, TimeSpan.Zero);
        var thread = Chatter.Thread(1);
        var silence = TimeSpan.Parse(gap, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(conversations, (await SegmentAsync([At(thread, "a", start), At(thread, "b", start + silence)])).Count);
    }

    [Fact]
    public async Task A_conversation_that_the_source_gave_is_never_cut()
    {
        var start = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
        var thread = Chatter.Thread(1, isGiven: true);

        var only = Assert.Single(await SegmentAsync([At(thread, "a", start), At(thread, "b", start.AddYears(1))]));

        Assert.True(only.IsGiven);
    }

    private static SourceMessage At(SourceThread thread, string id, DateTimeOffset sentAt) =>
        new() { Thread = thread, Message = new() { Id = id, Role = Roles.User, Text = id, SentAt = sentAt } };

    private static void AssertCutWhereTheSilenceIsLong(List<Conversation> thread)
    {
        for (var i = 0; i < thread.Count; i++)
        {
            Assert.True(i == 0 || thread[i].StartedAt - thread[i - 1].EndedAt > Chatter.Window);
            var messages = thread[i].Messages;
            for (var at = 1; at < messages.Count; at++)
            {
                Assert.True(MessageOrder.Instance.Compare(messages[at - 1], messages[at]) < 0);
                Assert.True(thread[i].IsGiven || messages[at].SentAt - messages[at - 1].SentAt <= Chatter.Window);
            }
        }
    }

    private static string[] Describe(List<Conversation> conversations) => [.. conversations.Select(one => $"{one.Id} {one.ContentHash} {string.Join(',', one.Messages.Select(message => message.Id))}")];

    private async Task<List<Conversation>> SegmentAsync(SourceMessage[] messages, int mebibytes = 1_000)
    {
        var options = Options.Create(new SegmentationOptions { Window = Chatter.Window, MemoryMebibytes = mebibytes });
        var segmenter = new ConversationSegmenter(options, Options.Create(new DataOptions { Root = _root }));
        return await segmenter.SegmentAsync(messages.ToAsyncEnumerable(), _ => { }, CancellationToken.None).ToListAsync();
    }
}
