using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation;

public sealed class VerbatimTagsTests
{
    [Fact]
    public async Task The_first_ten_tags_that_a_conversation_holds_are_its_topics_in_the_order_of_the_settings()
    {
        string[] tags = ["budget", "risk", "KPI", .. Enumerable.Range(0, 12).Select(i => $"t{i}"), "Budget"];

        var written = await WriteAsync(tags, "Our BUDGET and the kpi: t11 t10 t9 t8 t7 t6 t5 t4 t3 t2 t1 t0");

        Assert.Equal(["budget", "KPI", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"], written.Topics, StringComparer.Ordinal);
    }

    [Fact]
    public void Other_tags_make_other_memories()
    {
        Assert.Equal(Writer([]).Version, Writer([]).Version);
        Assert.NotEqual(Writer(["a"]).Version, Writer([]).Version, StringComparer.Ordinal);
        Assert.NotEqual(Writer(["a"]).Version, Writer(["b"]).Version, StringComparer.Ordinal);
        Assert.NotEqual(Writer(["a", "b"]).Version, Writer(["ab"]).Version, StringComparer.Ordinal);
    }

    private static VerbatimWriter Writer(string[] tags) => new(Options.Create(new VerbatimOptions { Tags = tags }));

    private static async Task<WrittenMemory> WriteAsync(string[] tags, string text)
    {
        var message = new Message { Id = "m1", Role = Roles.User, Text = text, SentAt = DateTimeOffset.UnixEpoch };
        return await Writer(tags).WriteAsync(Conversation.FromRun(new() { Source = "s", Owner = new() { User = "u" }, Thread = "t" }, [message]), CancellationToken.None);
    }
}
