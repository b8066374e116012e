using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Xunit;

namespace Recollect.UnitTests.Ingest.Changes;

public sealed class ChangeDetectorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly ThreadKey Thread = new() { Source = "files", Owner = new() { User = "dana" }, Thread = "t1" };

    private readonly Conversation _conversation = Of("a", "b");

    [Fact]
    public void What_is_not_stored_is_new() => Assert.Equal(ChangeKind.New, ChangeDetector.Compare(_conversation, ThreadMemories.None, "w1").Kind);

    [Fact]
    public void What_is_stored_alike_is_unchanged() => Assert.Equal(ChangeKind.Unchanged, ChangeDetector.Compare(_conversation, new([Header(_conversation)]), "w1").Kind);

    [Fact]
    public void Other_content_or_another_way_of_making_is_a_change()
    {
        Assert.Equal(ChangeKind.Changed, ChangeDetector.Compare(Of("a", "b", "c"), new([Header(_conversation)]), "w1").Kind);
        Assert.Equal(ChangeKind.Changed, ChangeDetector.Compare(_conversation, new([Header(_conversation)]), "w2").Kind);
    }

    [Theory]
    [InlineData("44cb3262652537ffe60cafa759d5158167f2cdabcca02c73eaa1f97b1961bc58", 0, 2)] // made with sha256sum
    [InlineData("44cb3262652537ffe60cafa759d5158167f2cdabcca02c73eaa1f97b1961bc58", 60, 2)]
    [InlineData("44cb3262652537ffe60cafa759d5158167f2cdabcca02c73eaa1f97b1961bc58", -1, 1)]
    [InlineData("54cb3262652537ffe60cafa759d5158167f2cdabcca02c73eaa1f97b1961bc58", 0, 1)]
    public void What_the_etl_before_made_of_the_same_content_is_unchanged(string hash, int secondsLater, int kind)
    {
        Message[] messages =
        [
            EtlMessage("1", Roles.User, "2025-12-08T04:53:22.123456", "Where is the key?"),
            EtlMessage("2", Roles.Assistant, "2025-12-08T04:53:25", "Behind the door 🚪"),
        ];
        var conversation = Conversation.Given(Thread, messages, Start.AddMilliseconds(700));
        var fingerprint = new Fingerprint { ContentHash = hash, SourceUpdatedAt = Start.AddSeconds(secondsLater), MadeBy = Fingerprint.MadeByEtl };

        var change = ChangeDetector.Compare(conversation, new([Header(conversation) with { Fingerprint = fingerprint }]), "w1");

        Assert.Equal((ChangeKind)kind, change.Kind);
        Assert.False(change.KeepsWriting);
    }

    [Theory]
    [InlineData("w1", Fingerprint.MadeByEtl, 2)]
    [InlineData("w1;edits-ab", Fingerprint.MadeByEtl + ";edits-ab", 2)]
    [InlineData("w1;edits-cd", Fingerprint.MadeByEtl + ";edits-ab", 1)] // was edited further
    [InlineData("w1", Fingerprint.MadeByEtl + ";edits-ab", 1)]
    [InlineData("w1;edits-ab", Fingerprint.MadeByEtl, 1)] // somebody was killed before the store had it
    public void Edits_by_hand_of_what_the_etl_before_made_are_no_reason_to_make_it_again(string madeBy, string before, int kind)
    {
        var conversation = Conversation.Given(Thread, [EtlMessage("1", Roles.User, "2025-12-08T04:53:22", "Where is the key?")], Start);
        var fingerprint = new Fingerprint { ContentHash = conversation.EtlHash, SourceUpdatedAt = Start, MadeBy = before };

        Assert.Equal((ChangeKind)kind, ChangeDetector.Compare(conversation, new([Header(conversation) with { Fingerprint = fingerprint }]), madeBy).Kind);
    }

    [Theory]
    [InlineData("hash", "w1;e2;text", true)]
    [InlineData("hash", "w2;e1;text", false)]
    [InlineData("other", "w1;e2;text", false)]
    public void What_was_written_stays_while_content_and_writer_are_the_same(string content, string madeBy, bool keeps)
    {
        var header = Header(_conversation) with { Fingerprint = new() { ContentHash = _conversation.ContentHash, SourceUpdatedAt = Start, MadeBy = madeBy } };
        var conversation = content is "hash" ? _conversation : Of("a", "b", "c");

        Assert.Equal(keeps, ChangeDetector.Compare(conversation, new([header]), "w1;e1;text").KeepsWriting);
    }

    [Fact]
    public void Memories_that_cover_some_of_the_same_time_are_rivals_to_the_tick()
    {
        var id = _conversation.Id;
        MemoryHeader At(string name, TimeSpan from, TimeSpan to) => Header(_conversation) with { Id = name, StartedAt = Start + from, EndedAt = Start + to };
        var (end, tick) = (TimeSpan.FromMinutes(1), TimeSpan.FromTicks(1));

        var change = ChangeDetector.Compare(
            _conversation,
            new([Header(_conversation), At("before", -end, -tick), At("touches", -end, TimeSpan.Zero), At("within", tick, tick), At("meets", end, end * 2), At("after", end + tick, end * 2)]),
            "w1");

        Assert.Equal(["meets", "touches", "within"], change.Rivals.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal((id, ChangeKind.Unchanged), (change.Conversation.Id, change.Kind));
    }

    [Fact]
    public void Rivals_are_those_that_a_look_at_every_memory_finds() =>
        Prop.ForAll<(byte Start, byte Length)[]>(spans =>
        {
            MemoryHeader[] stored = [.. spans.Select((span, i) => Header(_conversation) with
            {
                Id = $"m{i}",
                StartedAt = Start + TimeSpan.FromSeconds(span.Start - 60),
                EndedAt = Start + TimeSpan.FromSeconds(span.Start - 60 + span.Length),
            })];
            var expected = stored.Where(one => one.StartedAt <= _conversation.EndedAt && one.EndedAt >= _conversation.StartedAt).Select(one => one.Id);
            return new ThreadMemories(stored).RivalsOf(_conversation).Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_memory_is_superseded_when_one_of_its_messages_is_the_conversations_now()
    {
        Assert.True(ChangeDetector.Supersedes(_conversation, ["x", "b"]));
        Assert.False(ChangeDetector.Supersedes(_conversation, ["x", "B"]));
        Assert.False(ChangeDetector.Supersedes(_conversation, []));
    }

    private static Conversation Of(params string[] ids) =>
        Conversation.FromRun(Thread, [.. ids.Select((id, i) => new Message { Id = id, Role = Roles.User, Text = id, SentAt = Start.AddMinutes(i) })]);

    private static Message EtlMessage(string id, string role, string createdAt, string text) => new()
    {
        Id = id,
        Role = role,
        Text = text,
        SentAt = Start,
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["created_at"] = createdAt },
    };

    private static MemoryHeader Header(Conversation one) => new(
        one.Id, one.Thread.Id, one.StartedAt, one.EndedAt, new() { ContentHash = one.ContentHash, SourceUpdatedAt = one.SourceUpdatedAt, MadeBy = "w1" });
}
