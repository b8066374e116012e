using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recollect.Connectors.Webhook;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.IntegrationTests.Webhook;

public sealed class SentBeforeTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Talk Known = new();

    private readonly MirrorPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_sent_before_is_stored_with_its_summary_and_not_posted()
    {
        Leave([Known.Record()], [Known.Note()]);
        await _place.Mirror.BeginAsync(None);
        var written = await WriteAsync(Known);
        Assert.Equal(("About clamps.", false), (written.Summary, written.IsDelivered));
        Assert.Equal(
            """{"workspace":"Folder 1/2/3","created_at":"2025-04-19T10:00:00.000Z","memory_status":"true","processed_at":"2025-05-01T09:00:12+00:00","imported":true}""", written.Data);
        Assert.Equal(Known.Conversation.Messages.Select(message => message.Id), written.Citations.Select(citation => citation.MessageId), StringComparer.Ordinal);
        await Assert.ThrowsAsync<DeliveryException>(async () => await WriteAsync(Known with { Thread = "19" })); // nobody listens where this is posted
    }

    [Fact]
    public void A_note_alone_is_enough_for_what_had_ended_when_it_was_written()
    {
        Leave([], [Known.Note()]);
        Assert.Equal(string.Empty, Found(Known)!.Summary);
        Assert.Null(Found(Known with { Start = Talk.Ten.AddSeconds(1) }));
        Leave([], [Known.Note(processed: "2025-04-19T10:00:00")]);
        Assert.NotNull(Found(Known));
        Assert.Null(Found(Known with { Texts = ["Which clamp?", "The left one.", "And now?"] }));
    }

    [Fact]
    public void A_memory_alone_is_enough_when_it_holds_all()
    {
        Leave([Known.Record()], []);
        Assert.Equal("About clamps.", Found(Known)!.Summary);
    }

    [Theory]
    [InlineData("1", "1", "1", "10")]
    [InlineData("1", "10", "1", "1")]
    [InlineData("1_1", "0", "1", "1_0")]
    [InlineData("1", "1_0", "1_1", "0")]
    [InlineData("a", "b", "A", "b")]
    public void Another_thread_with_a_similar_id_is_another_thread(string workspace, string thread, string otherWorkspace, string otherThread)
    {
        var talk = Known with { Workspace = workspace, Thread = thread };
        Leave([talk.Record()], [talk.Note()]);
        Assert.NotNull(Found(talk));
        Assert.Null(Found(talk with { Workspace = otherWorkspace, Thread = otherThread }));
    }

    [Theory]
    [InlineData("3_18_20250419100000", true)]
    [InlineData("3_18_20250419100000_1", true)]
    [InlineData("3_18_20250419100000_12", true)]
    [InlineData("3_18_20250419100000_", false)]
    [InlineData("3_18_20250419100000_x", false)]
    [InlineData("3_18_2025041910000", false)]
    [InlineData("3_18_20250419105959_1", false)]
    [InlineData("3_1_20250419100000", false)]
    [InlineData("18_20250419100000", false)]
    [InlineData("3_18_20251319100000", false)]
    [InlineData("20250419100000", false)]
    public void The_time_in_the_id_counts_behind_workspace_and_thread(string id, bool isFound)
    {
        Leave([], [Known.Note(id)]);
        Assert.Equal(isFound, Found(Known) is not null);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void A_note_of_a_time_within_the_conversation_is_its_own(int seconds, bool isFound)
    {
        var talk = Known with { Texts = [.. Enumerable.Range(0, 22).Select(i => $"text {i}")] }; // ten minutes
        Leave([], [Known.Note((Known with { Start = Talk.Ten.AddSeconds(seconds) }).OldId)]);
        Assert.Equal(isFound, Found(talk) is not null);
    }

    [Fact]
    public void A_conversation_without_its_beginning_was_not_sent_whole()
    {
        var talk = Known with { Texts = ["one", "two", "three", "four"] };
        var end = Known with { Texts = ["three", "four"], Start = Talk.Ten.AddMinutes(1) };
        Leave([end.Record()], [end.Note()]);
        Assert.Null(Found(talk));
        Assert.Equal((0, 1), _place.Sent.TakeNews());
        Assert.Null(_place.Sent.TakeNews());
    }

    [Theory]
    [InlineData(WebhookChangePolicy.Send, false)]
    [InlineData(WebhookChangePolicy.Ignore, true)]
    public void What_has_grown_counts_as_sent_where_changes_are_ignored(WebhookChangePolicy onChange, bool isFound)
    {
        using var place = new MirrorPlace(onChange);
        place.Leave(MirrorPlace.Memories, Known.Record());
        place.Leave(MirrorPlace.Processed, Known.Note());
        place.Sent.TakeOver();
        var grown = Known with { Texts = [.. Known.Texts, "Thanks!"] };
        Assert.Equal(isFound ? "About clamps." : null, place.Sent.Find(grown.Conversation)?.Summary);
        Assert.NotNull(place.Sent.Find(Known.Conversation));
        Assert.Null(place.Sent.Find((Known with { Texts = ["Something", "else"] }).Conversation)); // at the same second, but not a word of it
    }

    [Fact]
    public void Each_message_needs_a_place_of_its_own_in_what_was_sent()
    {
        var twice = Known with { Texts = ["ok", "fine", "ok", "fine"] };
        Leave([(Known with { Texts = ["ok", "fine"] }).Record()], []);
        Assert.Null(Found(twice));
        Leave([twice.Record()], []);
        Assert.NotNull(Found(twice));
        Leave([(Known with { Texts = ["ok then", "fine"] }).Record()], []);
        Assert.Null(Found(Known with { Texts = ["ok", "fine"] }));
    }

    [Fact]
    public void Users_of_a_shared_thread_find_what_was_merged()
    {
        var admin = Known with { Thread = "default", Texts = ["a1", "a2", "a3", "a4"] };
        var bob = Known with { Thread = "default", User = "bob", Texts = ["b1", "b2"], Start = Talk.Ten.AddSeconds(30) };
        Leave([admin.Record("User: a1\n\nAssistant: a2\n\nUser: b1\n\nAssistant: b2\n\nUser: a3\n\nAssistant: a4")], [admin.Note()]);
        Assert.Equal("About clamps.", Found(admin)!.Summary);
        Assert.Equal(string.Empty, Found(bob)!.Summary); // it speaks of another user's words
        Assert.Null(Found(bob with { Texts = ["b1", "b2", "b3"] }));
        Assert.Null(Found(bob with { Start = Talk.Ten.AddHours(30) })); // the same words much later
        Assert.Null(Found(bob with { Start = Talk.Ten.AddSeconds(-30) }));
        Leave([(admin with { Thread = "18" }).Record("User: b1\n\nAssistant: b2")], []);
        Assert.Null(Found(bob with { Thread = "18" })); // such a thread is one user's
    }

    [Fact]
    public void The_summary_of_a_shared_thread_is_given_to_the_only_one_who_spoke_under_whatever_name()
    {
        var talk = Known with { Thread = "default" };
        Leave([(talk with { User = "unknown user" }).Record()], []);
        Assert.Equal("About clamps.", Found(talk)!.Summary);
    }

    [Theory]
    [InlineData("2025-04-19T10:00:00", true)]
    [InlineData("2025-04-19T10:00:00.500Z", true)]
    [InlineData("2025-04-19T12:00:00+02:00", true)]
    [InlineData("2025-04-19 11:00:00.123456", true)]
    [InlineData("2025-04-19T09:59:59", false)]
    [InlineData("0001-01-01T00:00:00", false)]
    [InlineData("yesterday", false)]
    [InlineData("", false)]
    public void The_oldest_notes_say_how_far_a_thread_was_sent(string until, bool isFound)
    {
        Leave([], [Known.OldestNote(until)]);
        Assert.Equal(isFound, Found(Known) is not null);
        Assert.Null(Found(Known with { Thread = "1" }));
    }

    [Fact]
    public void The_oldest_notes_may_have_any_shape()
    {
        Leave([], [
            """{"workspaceId": 3, "thread_id": 18, "lastProcessedAt": 1745056800, "lastUserAIPair": ["a"], "lastChunkConversation": {"b": null}}""",
            """{"workspaceId": "4", "thread_id": null, "lastProcessedAt": "2025-04-19T11:00:00"}"""]);
        Assert.NotNull(Found(Known));
        Assert.NotNull(Found(Known with { Workspace = "4", Thread = "default" }));
        Assert.Null(Found(Known with { Texts = ["1", "2", "3"] }));
    }

    [Fact]
    public void Pieces_that_were_sent_one_by_one_make_a_whole()
    {
        var second = Known with { Start = Talk.Ten.AddMinutes(1), Texts = ["three", "four"], Summary = "The rest." };
        Leave([(Known with { Texts = ["one", "two"] }).Record(), second.Record()], []);
        Assert.Equal("About clamps.\n\nThe rest.", Found(Known with { Texts = ["one", "two", "three", "four"] })!.Summary);
    }

    [Fact]
    public void A_memory_without_a_time_is_found_by_its_words()
    {
        Leave([$$"""{"workspaceID": "3", "threadID": "18", "summary": "S", "conversation": {{JsonSerializer.Serialize(Known.Text)}}}"""], []);
        Assert.Equal("S", Found(Known)!.Summary);
        Assert.Null(Found(Known with { Texts = ["Which clamp?", "The right one."] }));
    }

    [Fact]
    public void Of_duplicates_the_last_summary_counts()
    {
        Leave([Known.Record(), (Known with { Summary = "Once more." }).Record()], [Known.Note(), Known.Note(Known.OldId + "_1")]);
        Assert.Equal("Once more.", Found(Known)!.Summary);
    }

    [Fact]
    public void Text_of_any_script_and_length_is_recognised()
    {
        foreach (var text in (string[])["שלום עולם \u200f", "👩‍👩‍👧 🦊\u202e", new string('ß', 5_000_000) + "\n\nUser: no", "\"\\\u0001\u2028", "\r\n a\r\nb \t"])
        {
            var talk = Known with { Texts = [text, "Answer"] };
            Leave([talk.Record()], [talk.Note()]);
            Assert.NotNull(Found(talk));
            Assert.Null(Found(talk with { Texts = [text + "x", "Answer", "more"] }));
        }
    }

    [Fact]
    public async Task It_may_be_asked_concurrently()
    {
        var talks = Enumerable.Range(0, 100).Select(i => Known with { Thread = i.ToString(CultureInfo.InvariantCulture) }).ToArray();
        Leave([.. talks.Select(talk => talk.Record())], []);
        _place.Sent.TakeOver();
        await Parallel.ForEachAsync(talks, (talk, _) =>
        {
            Assert.NotNull(_place.Sent.Find(talk.Conversation));
            return ValueTask.CompletedTask;
        });
        Assert.Equal((100, 0), _place.Sent.TakeNews());
    }

    private void Leave(string[] memories, string[] processed)
    {
        if (Directory.Exists(_place.PathOf("imported")))
        {
            Directory.Delete(_place.PathOf("imported"), recursive: true);
        }

        _place.Leave(MirrorPlace.Memories, memories);
        _place.Leave(MirrorPlace.Processed, processed);
        _place.Start();
    }

    private WrittenMemory? Found(Talk talk)
    {
        _place.Sent.TakeOver();
        _place.Sent.TakeNews();
        return _place.Sent.Find(talk.Conversation);
    }

    private async Task<WrittenMemory> WriteAsync(Talk talk)
    {
        var options = Options.Create(_place.Options);
        using var client = new WebhookClient(options, TimeProvider.System);
        using var gate = new WebhookGate(options, TimeProvider.System);
        return await new WebhookWriter(client, gate, _place.Sent, options, TimeProvider.System).WriteAsync(talk.Conversation, None);
    }
}
