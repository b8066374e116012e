using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Xunit;

namespace Recollect.UnitTests.Ingest.Segmentation;

public sealed class DuplicateFilterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly List<Message> _conflicts = [];

    [Fact]
    public void Of_messages_with_one_id_and_one_instant_the_last_stands_in_the_place_of_the_first() =>
        Assert.Equal(["a2", "b1"], Filter(("a", 0, "a1"), ("b", 0, "b1"), ("a", 0, "a2")));

    [Fact]
    public void Of_messages_with_one_id_and_different_instants_the_first_stands_and_the_others_are_told()
    {
        Assert.Equal(["a1", "b1"], Filter(("a", 0, "a1"), ("a", 1, "a2"), ("b", 2, "b1"), ("a", 3, "a3")));
        Assert.Equal(["a2", "a3"], _conflicts.ConvertAll(message => message.Text));
    }

    [Fact]
    public void Threads_do_not_share_ids()
    {
        var filter = new DuplicateFilter();
        Assert.Single(filter.Apply([Message("a", 0, "x")], _conflicts.Add));
        Assert.Single(filter.Apply([Message("a", 5, "y")], _conflicts.Add));
        Assert.Empty(_conflicts);
    }

    [Fact]
    public void Ids_are_compared_letter_by_letter() => Assert.Equal(["x", "y", "z"], Filter(("a", 0, "x"), ("A", 0, "y"), ("ä", 0, "z")));

    private static Message Message(string id, int minutes, string text) => new() { Id = id, Role = Roles.User, Text = text, SentAt = Start.AddMinutes(minutes) };

    private string[] Filter(params (string Id, int Minutes, string Text)[] messages) =>
        [.. new DuplicateFilter().Apply(messages.Select(one => Message(one.Id, one.Minutes, one.Text)), _conflicts.Add).Select(message => message.Text)];
}
