using Recollect.Cli.Evaluation;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.UnitTests.Evaluation;

public sealed class WindowRankerTests
{
    [Fact]
    public void Windows_cover_every_message_and_stay_within_a_conversation()
    {
        MessageCandidate[] messages = [.. Enumerable.Range(0, 14).Select(i => Message(i < 10 ? "a" : "b", i))];
        var windows = WindowRanker.Cut(messages, 6, 3);
        Assert.Equal([0, 3, 6, 10], windows.Select(window => window.Messages[0]));
        Assert.Equal(Enumerable.Range(0, 14), windows.SelectMany(window => window.Messages).Distinct().Order());
        Assert.All(windows, window => Assert.Single(window.Messages.Select(i => messages[i].MemoryId).Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_window_that_shows_something_new_comes_before_an_equal_one_that_overlaps()
    {
        MessageWindow[] windows = [new([0, 1]), new([1, 2]), new([3, 4])];
        Assert.Equal([0, 2, 1], WindowRanker.Rank(windows, [0.5f, 1, 0.5f, 0.9f, 0.5f], 3));
    }

    private static MessageCandidate Message(string conversation, int position) => new(conversation, position, new()
    {
        Id = "m",
        Role = Roles.User,
        Text = "",
        SentAt = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
    });
}
