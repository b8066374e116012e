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
