using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Recollect.Conformance;
using Recollect.Connectors.Webhook;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Webhook;

public sealed class MemoryCronFilesTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly MirrorPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_files_are_as_programs_expect_them_byte_for_byte()
    {
        var later = new Talk { Thread = "default", User = "שרה", Start = Talk.Ten.AddHours(5), Texts = ["Say \"hi\" \\ 👩‍👩‍👧\tnow\u0001\n\u202e<b>&amp;", " ", "שלום"], Summary = "Line 1\nLine 2 – ü 🦊" };
        await StoreAsync(later.Stored(data: """{"workspace":"Bürö","created_at":"2025-04-19T15:00:00Z","memory_status":"true","processed_at":"2025-05-02T11:00:00.999+02:00"}"""));
        await StoreAsync(new Talk().Stored());
        await _place.RefreshAsync();
        Assert.Equal(
            """
            {
              "memories": [
                {
                  "conversation": "User: Which clamp?\n\nAssistant: The left one.",
                  "workspaceID": "3",
                  "threadID": "18",
                  "user": "admin",
                  "createdAt": "2025-04-19T10:00:00.000Z",
                  "workspace": "Folder 1/2/3",
                  "summary": "About clamps.",
                  "memoryStatus": "False"
                },
                {
                  "conversation": "User: Say \"hi\" \\ 👩‍👩‍👧\tnow\u0001\n[RLO]<b>&amp;\n\nUser: שלום",
                  "workspaceID": "3",
                  "threadID": "default",
                  "user": "שרה",
                  "createdAt": "2025-04-19T15:00:00Z",
                  "workspace": "Bürö",
                  "summary": "Line 1\nLine 2 – ü 🦊",
                  "memoryStatus": "true"
                }
              ]
            }

            """.Replace("[RLO]", "\u202e", StringComparison.Ordinal),
            Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_place.PathOf(MirrorPlace.Memories), None)));
        Assert.Equal(
            """
            {
              "processed": [
                {
                  "workspaceId": "3",
                  "thread_id": "18",
                  "processedTime": "2025-04-19T10:00:00",
                  "conversationId": "3_18_20250419100000"
                },
                {
                  "workspaceId": "3",
                  "thread_id": "default",
                  "processedTime": "2025-05-02T09:00:00",
                  "conversationId": "3_default_20250419150000"
                }
              ]
            }

            """,
            Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_place.PathOf(MirrorPlace.Processed), None)));
    }

    [Fact]
    public async Task Of_conversations_that_began_in_one_second_the_one_sent_first_has_the_plain_id()
    {
        string[] users = ["a", "b", "c", "d"];
        string[] sent = ["2025-05-03", "2025-05-01", "2025-05-02", "2025-05-02"];
        for (var i = 0; i < users.Length; i++)
        {
            var talk = new Talk { Thread = "default", User = users[i], Start = Talk.Ten.AddMilliseconds(100 * i) };
            await StoreAsync(talk.Stored(data: $$"""{"processed_at":"{{sent[i]}}T09:00:00Z"}""", id: MemoryRecords.IdOf(users[i])));
        }

        await StoreAsync(new Talk { Thread = "default", Start = Talk.Ten.AddSeconds(1) }.Stored());
        await _place.RefreshAsync();
        var c = string.CompareOrdinal(MemoryRecords.IdOf("c"), MemoryRecords.IdOf("d")) < 0 ? "_1" : "_2";
        var d = string.Equals(c, "_1", StringComparison.Ordinal) ? "_2" : "_1";
        Assert.Equal(
            ["3_default_20250419100000_3", "3_default_20250419100000", "3_default_20250419100000" + c, "3_default_20250419100000" + d, "3_default_20250419100001"],
            _place.List(MirrorPlace.Processed).Select(entry => entry.GetProperty("conversationId").GetString()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_id_of_what_was_taken_over_is_not_given_again()
    {
        _place.Leave(MirrorPlace.Memories, new Talk { Thread = "default", User = "gone", Texts = ["Nobody", "knows"] }.Record());
        _place.Leave(MirrorPlace.Processed, new Talk { Thread = "default" }.Note());
        await StoreAsync(new Talk { Thread = "default" }.Stored());
        await _place.RefreshAsync();
        Assert.Equal(["3_default_20250419100000", "3_default_20250419100000_1"], _place.List(MirrorPlace.Processed).Select(entry => entry.GetProperty("conversationId").GetString()), StringComparer.Ordinal);
        Assert.Equal(["gone", "admin"], _place.List(MirrorPlace.Memories).Select(entry => entry.GetProperty("user").GetString()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Without_kept_text_the_conversation_is_empty_and_the_rest_is_there()
    {
        var talk = new Talk();
        _place.Leave(MirrorPlace.Memories, talk.Record());
        _place.Leave(MirrorPlace.Processed, talk.Note());
        _place.Sent.TakeOver();
        await StoreAsync(talk.Stored(_place.Sent.Find(talk.Conversation), keepsText: false));
        await _place.RefreshAsync();
        var entry = Assert.Single(_place.List(MirrorPlace.Memories));
        Assert.Equal(("", "About clamps.", "true", "Folder 1/2/3"), (Text("conversation"), Text("summary"), Text("memoryStatus"), Text("workspace")));
        Assert.Single(_place.List(MirrorPlace.Processed));

        string? Text(string name) => entry.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("""{"rating":5}""")]
    [InlineData("""{"workspace":7,"processed_at":"yesterday"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Data_of_another_writer_is_no_status(string data)
    {
        await StoreAsync(new Talk().Stored(data: data));
        await _place.RefreshAsync();
        var entry = Assert.Single(_place.List(MirrorPlace.Memories));
        Assert.Equal(("False", "Folder 1/2/3"), (entry.GetProperty("memoryStatus").GetString(), entry.GetProperty("workspace").GetString()));
    }

    [Fact]
    public async Task Files_and_folder_are_for_their_user_only()
    {
        _place.Leave(MirrorPlace.Memories, new Talk().Record());
        await _place.RefreshAsync();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
#pragma warning disable CA1416 // skipped on Windows
        string[] files = [MirrorPlace.Memories, MirrorPlace.Processed, "imported/" + MirrorPlace.Memories, "imported/" + MirrorPlace.Processed];
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_place.PathOf(file))));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_place.PathOf("imported")));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_file_that_somebody_cut_or_lengthened_is_made_whole()
    {
        await StoreAsync(new Talk().Stored());
        await _place.RefreshAsync();
        var whole = _place.Read(MirrorPlace.Memories);
        foreach (var broken in (string[])[whole[..^1], whole[..100], whole + "x", "", "{" + whole])
        {
            await File.WriteAllTextAsync(_place.PathOf(MirrorPlace.Memories), broken, None);
            await _place.RefreshAsync();
            Assert.Equal(whole, _place.Read(MirrorPlace.Memories));
        }
    }

    [Fact]
    public void What_the_files_hold_parses_back_to_what_is_stored()
    {
        var text = ArbMap.Default.GeneratorFor<UnicodeString>().Select(any => WellFormedText.Of(any.Get ?? string.Empty));
        var talks =
            from texts in text.NonEmptyListOf()
            from names in text.Where(name => !string.IsNullOrWhiteSpace(name)).ListOf(3)
            from summary in text
            from seconds in Gen.Choose(0, 5)
            select new Talk { Texts = texts, Workspace = names[0], Thread = names[1], User = names[2], Summary = summary, Start = Talk.Ten.AddMilliseconds(400 * seconds) };
        Prop.ForAll(talks.ListOf().ToArbitrary(), some => HoldsExactly([.. some.Take(20)])).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

#pragma warning disable xUnit1031, VSTHRD002 // a property is no asynchronous method
    private static void HoldsExactly(Talk[] talks)
    {
        using var place = new MirrorPlace();
        var expected = new SortedDictionary<(DateTimeOffset, string), Talk>(Comparer<(DateTimeOffset Start, string Id)>.Create(
            static (left, right) => left.Start.CompareTo(right.Start) is var time and not 0 ? time : string.CompareOrdinal(left.Id, right.Id)));
        place.Store.InitializeAsync(None).AsTask().GetAwaiter().GetResult();
        foreach (var talk in talks)
        {
            place.Store.UpsertAsync(talk.Stored(), [], None).AsTask().GetAwaiter().GetResult();
            expected[(talk.Start, talk.Conversation.Id)] = talk;
        }

        place.RefreshAsync().GetAwaiter().GetResult();
        Assert.Equal(
            expected.Values.Select(talk => (talk.Text, talk.Workspace, talk.Thread, talk.User, WebhookPayload.Time(talk.Start), talk.Summary)),
            place.List(MirrorPlace.Memories).Select(entry => (Text(entry, "conversation"), Text(entry, "workspaceID"), Text(entry, "threadID"), Text(entry, "user"), Text(entry, "createdAt"), Text(entry, "summary"))));
        var processed = place.List(MirrorPlace.Processed);
        Assert.Equal(expected.Values.Select(talk => (talk.Workspace, talk.Thread)), processed.Select(entry => (Text(entry, "workspaceId"), Text(entry, "thread_id"))));
        Assert.Equal(processed.Length, processed.Select(entry => Text(entry, "conversationId")).Distinct(StringComparer.Ordinal).Count());
        Assert.All(expected.Values.Zip(processed), pair => Assert.StartsWith(pair.First.OldId, Text(pair.Second, "conversationId"), StringComparison.Ordinal));
    }
#pragma warning restore xUnit1031, VSTHRD002

    private static string Text(System.Text.Json.JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    private async Task StoreAsync(MemoryRecord record)
    {
        await _place.Store.InitializeAsync(None);
        await _place.Store.UpsertAsync(record, [], None);
    }
}
