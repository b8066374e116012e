using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

public sealed class RoundTripTests : IDisposable
{
    private readonly ChatFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_is_written_as_lines_is_read_back() =>
        Prop.ForAll<NonEmptyArray<Tuple<string, NonEmptyString, DateTimeOffset>>>(async given =>
        {
            SourceMessage[] written = [.. given.Get.Select((item, index) => Message(item.Item1 ?? string.Empty, item.Item2.Get, item.Item3, index))];
            _folder.Write("a.jsonl", string.Concat(written.Select(ChatFolder.Line)));

            var read = await _folder.ReadAsync("a.jsonl");

            return _folder.Observer.Unreadable.Count == 0 && written.Select(Describe).SequenceEqual(read.Select(Describe));
        }).QuickCheckThrowOnFailure();

    private static (ThreadKey Thread, string Id, string Role, string Text, DateTimeOffset SentAt) Describe(SourceMessage message) =>
        (message.Thread.Key, message.Message.Id, message.Message.Role, message.Message.Text, message.Message.SentAt);

    private static SourceMessage Message(string text, string name, DateTimeOffset sentAt, int index) => new()
    {
        Thread = new SourceThread
        {
            Key = new ThreadKey { Source = "files", Owner = new Owner { User = "u" + name }, Workspace = "w" + name, Thread = "t" + name },
        },
        Message = new Message
        {
            Id = $"m{index}",
            Role = index % 2 == 0 ? Roles.User : "role " + name,
            Text = text,
            SentAt = sentAt > FixedTime.Now ? FixedTime.Now : sentAt,
        },
    };
}
