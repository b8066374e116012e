using System.Text.Json;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.Conformance.Memorize.Generation;

/// <summary>What every <see cref="IMemoryWriter"/> promises.</summary>
public abstract class MemoryWriterConformance
{
    /// <summary>Gets a value indicating whether the writer writes the same of the same conversation, every time.</summary>
    protected virtual bool IsDeterministic => true;

    public static TheoryData<string> Conversations => [.. HostileConversations.Names];

    public static TheoryData<string> ConversationsWithText => [.. HostileConversations.Names.Except(HostileConversations.Blank, StringComparer.Ordinal)];

    [Fact]
    public void It_has_a_name_and_a_version()
    {
        var writer = Create();

        Assert.False(string.IsNullOrWhiteSpace(writer.Name));
        Assert.False(string.IsNullOrWhiteSpace(writer.Version));
        Assert.Equal(writer.Version, Create().Version);
        Assert.DoesNotContain(Fingerprint.PartSeparator, writer.Version);
    }

    [Theory]
    [MemberData(nameof(ConversationsWithText))]
    public async Task It_writes_something(string name)
    {
        var written = await WriteAsync(HostileConversations.Get(name));

        Assert.False(string.IsNullOrWhiteSpace(written.Summary) && string.IsNullOrWhiteSpace(written.Content));
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task Every_citation_names_a_message_of_the_conversation(string name)
    {
        var conversation = HostileConversations.Get(name);
        var ids = conversation.Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);

        var written = await WriteAsync(conversation);

        Assert.NotEmpty(written.Citations);
        Assert.All(written.Facts, fact => Assert.NotEmpty(fact.Citations));
        Assert.All(AllCitations(written), citation => Assert.Contains(citation.MessageId, ids));
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task Every_quote_is_a_substring_of_its_message(string name)
    {
        var conversation = HostileConversations.Get(name);
        var texts = conversation.Messages.ToDictionary(message => message.Id, message => message.Text, StringComparer.Ordinal);

        var written = await WriteAsync(conversation);

        Assert.All(
            AllCitations(written).Where(citation => citation.Quote is not null),
            citation => Assert.Contains(citation.Quote!, texts[citation.MessageId], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task The_same_conversation_is_written_the_same_way(string name)
    {
        Assert.SkipUnless(IsDeterministic, "This writer does not promise the same text.");

        var first = await WriteAsync(HostileConversations.Get(name));
        var second = await WriteAsync(HostileConversations.Get(name));

        Assert.Equal(Printed(first), Printed(second));
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task What_is_written_can_be_stored_anywhere(string name)
    {
        var written = await WriteAsync(HostileConversations.Get(name));

        Assert.All(AllTexts(written), text => Assert.Equal(WellFormedText.Of(text), text));
        if (written.Data is not null)
        {
            using var data = JsonDocument.Parse(written.Data);
            Assert.Equal(JsonValueKind.Object, data.RootElement.ValueKind);
        }
    }

    [Fact]
    public async Task Many_conversations_can_be_written_at_once()
    {
        var writer = Create();
        var names = HostileConversations.Names.Except([HostileConversations.ManyMessages], StringComparer.Ordinal);

        var written = await Task.WhenAll(names.Select(async name =>
            await writer.WriteAsync(HostileConversations.Get(name), TestContext.Current.CancellationToken)));

        Assert.All(written, one => Assert.NotEmpty(one.Citations));
    }

    [Fact]
    public async Task Facts_and_topics_say_something()
    {
        var written = await WriteAsync(HostileConversations.Get(HostileConversations.Ordinary));

        Assert.All(written.Facts, fact => Assert.False(string.IsNullOrWhiteSpace(fact.Text)));
        Assert.All(written.Topics, topic => Assert.False(string.IsNullOrWhiteSpace(topic)));
        Assert.Distinct(written.Topics, StringComparer.Ordinal);
    }

    /// <summary>Makes a writer; one that talks to a model gets one that answers by script.</summary>
    protected abstract IMemoryWriter Create();

    private static IEnumerable<Citation> AllCitations(WrittenMemory written) =>
        written.Citations.Concat(written.Facts.SelectMany(fact => fact.Citations));

    private static IEnumerable<string> AllTexts(WrittenMemory written) =>
        [written.Summary, written.Content ?? string.Empty, .. written.Topics, .. written.Facts.Select(fact => fact.Text)];

    private static string Printed(WrittenMemory written) => JsonSerializer.Serialize(written);

    private async Task<WrittenMemory> WriteAsync(Conversation conversation) =>
        await Create().WriteAsync(conversation, TestContext.Current.CancellationToken);
}
