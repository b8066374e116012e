using System.Text;
using Recollect.Conversations;
using Recollect.Memorize.Delivery;
using Xunit;

namespace Recollect.IntegrationTests.Webhook;

public sealed class ImportTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly MirrorPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("{\"memories\": [{\"conversation\": \"User: hi", "damaged in line 1")]
    [InlineData("{\"memories\": []}\n}", "damaged in line 2")]
    [InlineData("{\"memories\": {}}", "holds no list \"memories\"")]
    [InlineData("{\"processed\": []}", "holds no list \"memories\"")]
    [InlineData("[]", "holds no list \"memories\"")]
    [InlineData("null", "holds no list \"memories\"")]
    [InlineData("{\"memories\": [NaN]}", "damaged in line 1")]
    public async Task A_damaged_file_is_named_and_nothing_is_changed(string content, string reason)
    {
        await File.WriteAllTextAsync(_place.PathOf(MirrorPlace.Memories), content, None);
        _place.Leave(MirrorPlace.Processed, new Talk().Note());
        var before = _place.Traces();
        var error = await Assert.ThrowsAsync<DeliveryException>(async () => await _place.Mirror.BeginAsync(None));
        Assert.Contains(_place.PathOf(MirrorPlace.Memories), error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("move it away", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, _place.Traces());
        Assert.False(Directory.Exists(_place.PathOf("imported")));
        File.Delete(_place.PathOf(MirrorPlace.Memories));
        await _place.RefreshAsync();
        Assert.Single(_place.List(MirrorPlace.Processed));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_damage_too()
    {
        await File.WriteAllBytesAsync(_place.PathOf(MirrorPlace.Processed), Encoding.Latin1.GetBytes("""{"processed": ["é"]}"""), None);
        Assert.Contains("UTF-8", (await Assert.ThrowsAsync<DeliveryException>(async () => await _place.Mirror.BeginAsync(None))).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(_place.PathOf(MirrorPlace.Processed), Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray(), None);
        await Assert.ThrowsAsync<DeliveryException>(async () => await _place.Mirror.BeginAsync(None));
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_is_an_error_of_the_seam()
    {
        Directory.CreateDirectory(_place.PathOf(MirrorPlace.Memories));
        await Assert.ThrowsAsync<DeliveryException>(async () => await _place.Mirror.BeginAsync(None));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF{\"memories\": [], \"version\": 2}")]
    public async Task An_empty_file_is_an_empty_list(string content)
    {
        await File.WriteAllTextAsync(_place.PathOf(MirrorPlace.Memories), content, None);
        await _place.RefreshAsync();
        Assert.Empty(_place.List(MirrorPlace.Memories));
        Assert.Empty(_place.Notices);
    }

    [Fact]
    public async Task Entries_that_cannot_be_read_stay_as_they_are_and_are_counted()
    {
        string[] odd = ["null", "7", "\"User: hi\"", "[{ \"a\":1}]", """{ "threadID":"1",  "extra":1.50 }""", """{"\ud800": 1, "workspaceID": "3"}""", """{"workspaceID": {}, "conversation": "\ud83d x"}"""];
        string[] oddNotes = ["{}", """{"workspaceId": "3", "thread_id": "18"}""", """{"workspaceId": "3", "thread_id": "18", "conversationId": "4_18_20250419100000"}"""];
        _place.Leave(MirrorPlace.Memories, [odd[0], new Talk().Record(), .. odd[1..]]);
        _place.Leave(MirrorPlace.Processed, oddNotes);
        await _place.RefreshAsync();
        Assert.Equal(odd, _place.List(MirrorPlace.Memories)[1..].Select(entry => entry.GetRawText()), StringComparer.Ordinal);
        Assert.Equal(oddNotes, _place.List(MirrorPlace.Processed).Select(entry => entry.GetRawText()), StringComparer.Ordinal);
        Assert.Contains(_place.Notices, notice => notice.StartsWith("Entries of another program that cannot be read", StringComparison.Ordinal) && notice.EndsWith(": 10.", StringComparison.Ordinal));
        Assert.Equal(8, _place.List("imported/" + MirrorPlace.Memories).Length);
    }

    [Fact]
    public async Task What_matches_nothing_stays_among_the_others_word_for_word()
    {
        var early = """{"conversation":"User: \u00e9 1","workspaceID":9,"threadID":"x","createdAt":"2025-04-19T09:00:00Z","summary":"early","new":[1,  2]}""";
        var late = new Talk { Workspace = "9", Start = Talk.Ten.AddHours(3), Summary = "late" };
        _place.Leave(MirrorPlace.Memories, late.Record(), early, early, """{"workspaceID":"9","threadID":"x","summary":"some time"}""");
        _place.Leave(MirrorPlace.Processed, late.Note(), late.Note());
        await StoreAsync(new Talk { Summary = "stored" });
        await _place.RefreshAsync();
        var memories = _place.List(MirrorPlace.Memories);
        Assert.Equal(["early", "early", "stored", "late", "some time"], memories.Select(entry => entry.GetProperty("summary").GetString()), StringComparer.Ordinal);
        Assert.Equal(early, memories[0].GetRawText());
        Assert.Equal(["3_18_20250419100000", "9_18_20250419130000", "9_18_20250419130000"], _place.List(MirrorPlace.Processed).Select(entry => entry.GetProperty("conversationId").GetString()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Our_own_files_are_never_taken_for_another_programs()
    {
        await StoreAsync(new Talk());
        await _place.RefreshAsync();
        await _place.Store.DeleteAsync([new Talk().Conversation.Id], None);
        _place.Start();
        await _place.RefreshAsync();
        Assert.Empty(_place.List(MirrorPlace.Memories));
        Assert.Null(_place.Sent.Find(new Talk().Conversation));
    }

    [Fact]
    public async Task The_report_says_once_what_was_found_and_what_was_not()
    {
        var lost = Enumerable.Range(1, 7).Select(i => new Talk { Workspace = "9", Start = Talk.Ten.AddDays(i) }).ToArray();
        _place.Leave(MirrorPlace.Memories, [new Talk().Record(), lost[6].Record()]);
        _place.Leave(MirrorPlace.Processed, [new Talk().Note(), .. lost[..6].Select(talk => talk.Note())]);
        _place.Sent.TakeOver();
        await StoreAsync(new Talk(), isFound: true);
        await _place.RefreshAsync();
        Assert.Equal(
            "Sent before by another program: 8; found again: 1; of no stored conversation, so kept in the files as they are: 7 (9_18_20250420100000, 9_18_20250421100000, 9_18_20250422100000, 9_18_20250423100000, 9_18_20250424100000, …).",
            Assert.Single(_place.Notices));
        await _place.RefreshAsync();
        Assert.Empty(_place.Notices);
        _place.Start();
        await _place.RefreshAsync();
        Assert.Empty(_place.Notices);
        await StoreAsync(lost[0], isFound: true);
        await _place.RefreshAsync();
        Assert.StartsWith("Sent before by another program: 8; found again: 2; of no stored conversation, so kept in the files as they are: 6 (", Assert.Single(_place.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_in_an_older_version_is_told_and_replaced()
    {
        _place.Leave(MirrorPlace.Memories, new Talk().Record());
        _place.Leave(MirrorPlace.Processed, new Talk().Note());
        _place.Sent.TakeOver();
        await StoreAsync(new Talk { Texts = [.. new Talk().Texts, "Thanks!"], Summary = "grown" }, isFound: false);
        await _place.RefreshAsync();
        Assert.Equal("Sent before in an older version, and posted again as they are now: 1.", _place.Notices[^1]);
        Assert.Equal("grown", Assert.Single(_place.List(MirrorPlace.Memories)).GetProperty("summary").GetString());
        Assert.Single(_place.List(MirrorPlace.Processed));
    }

    [Fact]
    public async Task A_forgotten_user_goes_with_what_may_hold_their_words()
    {
        var own = new Talk { User = "bob", Thread = "1" };
        var merged = new Talk { Thread = "default", Texts = ["a1", "a2"], Summary = "merged" };
        var alone = new Talk { Thread = "default", Start = Talk.Ten.AddDays(1), Summary = "alone" };
        var lost = new Talk { Thread = "default", Start = Talk.Ten.AddDays(2), Summary = "lost" };
        var shared = new Talk { User = "bob", Thread = "default", Workspace = "4" };
        var other = new Talk { Thread = "2" };
        _place.Leave(MirrorPlace.Memories, own.Record(), merged.Record("User: a1\n\nAssistant: a2\n\nUser: words of bob"), alone.Record(), lost.Record(), shared.Record(), other.Record());
        _place.Leave(MirrorPlace.Processed, own.Note(), own.OldestNote("2025-04-19T11:00:00"), merged.Note(), alone.Note(), lost.Note(), shared.Note(), shared.OldestNote("2025-04-19T11:00:00"), other.Note());
        _place.Sent.TakeOver();
        await StoreAsync(merged, isFound: true);
        await StoreAsync(alone, isFound: true);

        Assert.Equal(5, await _place.Mirror.ForgetAsync(Owner.DefaultTenant, "bob", None)); // own with two notes, merged, shared
        await _place.RefreshAsync();
        Assert.Equal(["alone", "lost", "About clamps."], _place.List("imported/" + MirrorPlace.Memories).Select(entry => entry.GetProperty("summary").GetString()), StringComparer.Ordinal);
        Assert.Equal(6, _place.List("imported/" + MirrorPlace.Processed).Length); // the shared ones say no more than when
        Assert.All(
            Directory.EnumerateFiles(_place.Root, "*.json", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("bob", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(0, await _place.Mirror.ForgetAsync(Owner.DefaultTenant, "bob", None));
        Assert.NotNull(_place.Sent.Find(shared.Conversation)); // another user's conversation there would not be sent again
    }

    [Fact]
    public async Task Words_of_those_who_are_left_stay_when_another_is_forgotten()
    {
        var admin = new Talk { Thread = "default", Texts = ["a1", "a2"] };
        var eve = new Talk { Thread = "default", User = "eve", Texts = ["e1", "e2"] };
        _place.Leave(MirrorPlace.Memories, admin.Record("User: a1\n\nAssistant: a2\n\nUser: e1\n\nAssistant: e2"));
        await StoreAsync(admin);
        await StoreAsync(eve);
        await _place.RefreshAsync();
        Assert.Equal(0, await _place.Mirror.ForgetAsync(Owner.DefaultTenant, "bob", None));
        await _place.Store.ForgetAsync(Owner.DefaultTenant, "eve", None);
        Assert.Equal(1, await _place.Mirror.ForgetAsync(Owner.DefaultTenant, "eve", None));
    }

    private async Task StoreAsync(Talk talk, bool? isFound = null)
    {
        await _place.Store.InitializeAsync(None);
        var written = isFound is null ? null : _place.Sent.Find(talk.Conversation);
        Assert.Equal(isFound ?? false, written is not null);
        await _place.Store.UpsertAsync(talk.Stored(written), [], None);
    }
}
