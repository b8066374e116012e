using System.Globalization;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Xunit;

namespace Recollect.UnitTests.Ingest.Segmentation;

public sealed class ThreadSorterTests : IDisposable
{
    private const int MetadataCharacters = 40_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Metadata_counts_as_memory()
    {
        var groups = new ThreadGroups();

        groups.Add(Message(0));

        Assert.InRange(groups.Bytes, 2 * MetadataCharacters, 3 * MetadataCharacters);
    }

    [Fact]
    public void Messages_of_few_words_and_much_metadata_are_spooled_and_come_back_whole()
    {
        using var sorter = new ThreadSorter(_folder.FullName, memoryBytes: 500_000);

        for (var i = 0; i < 20; i++)
        {
            sorter.Add(Message(i));
        }

        Assert.NotEmpty(_folder.GetFiles());
        var messages = sorter.Threads().SelectMany(thread => thread.Messages.ToArray()).ToArray();
        Assert.Equal(20, messages.Length);
        Assert.All(messages, message => Assert.Equal(MetadataCharacters, message.Metadata["raw"].Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(200)]
    public void What_is_counted_is_what_is_held(int messagesOfAThread)
    {
        var groups = new ThreadGroups();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 2_000; i++)
        {
            var thread = Given(i);
            for (var message = 0; message < messagesOfAThread; message++)
            {
                groups.Add(new() { Thread = thread, Message = Short(message) });
            }
        }

        var held = GC.GetAllocatedBytesForCurrentThread() - before; // and what lists and dictionaries let go of while they grow
        Assert.InRange(groups.Bytes, held * 0.7, held * 1.1);
    }

    private static SourceThread Given(int number) => new()
    {
        Key = new()
        {
            Source = "table",
            Owner = new() { User = string.Create(CultureInfo.InvariantCulture, $"user {number}") },
            Thread = string.Create(CultureInfo.InvariantCulture, $"conversation {number}"),
        },
        IsConversation = true,
        UpdatedAt = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero),
        Title = string.Create(CultureInfo.InvariantCulture, $"Talk {number} about the budget of the year"),
    };

    private static Message Short(int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"message {number}"),
        Role = Roles.User,
        Text = string.Create(CultureInfo.InvariantCulture, $"Message {number} of a talk about the budget"),
        OrderKey = string.Create(CultureInfo.InvariantCulture, $"{number}"),
        SentAt = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero),
    };

    private static SourceMessage Message(int number) => new()
    {
        Thread = Chatter.Thread(1),
        Message = new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"m{number}"),
            Role = Roles.User,
            Text = "short",
            SentAt = new DateTimeOffset(2026, 1, 5, 10, number, 0, TimeSpan.Zero),
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["raw"] = new('x', MetadataCharacters) },
        },
    };
}
