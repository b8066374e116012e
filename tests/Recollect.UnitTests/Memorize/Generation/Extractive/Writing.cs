using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Extractive;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Extractive;

/// <summary>Makes conversations from texts and writes them.</summary>
internal static class Writing
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Makes a conversation; user and assistant take turns.</summary>
    public static Conversation Conversation(params IEnumerable<string> texts) => Of(texts.Select((text, i) => Message(text, i)));

    public static Conversation Of(IEnumerable<Message> messages)
    {
        var thread = new ThreadKey { Source = "test", Owner = new Owner { User = "u1" }, Thread = "t1" };
        return Recollect.Conversations.Conversation.FromRun(thread, [.. messages]);
    }

    public static Message Message(string text, int i, long position = 0) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"m{i + 1}"),
        Role = i % 2 == 0 ? Roles.User : Roles.Assistant,
        Author = i % 2 == 0 ? "Ravi" : "Bot",
        Text = text,
        SentAt = Start.AddMinutes(i),
        Position = position,
    };

    public static WrittenMemory Write(Conversation conversation, int maxCharacters = 1_200) =>
        new ExtractiveWriter(Options.Create(new ExtractiveOptions { MaxCharacters = maxCharacters })).Write(conversation, TestContext.Current.CancellationToken);

    public static IEnumerable<Citation> Citations(WrittenMemory written) =>
        written.Citations.Concat(written.Facts.SelectMany(fact => fact.Citations));

    /// <summary>Fails unless every citation names a message and every quote is part of it.</summary>
    public static void Check(Conversation conversation, WrittenMemory written, int maxCharacters = 1_200)
    {
        Assert.False(string.IsNullOrWhiteSpace(written.Summary));
        Assert.InRange(written.Summary.Length, 1, maxCharacters);
        Assert.Equal(WellFormedText.Of(written.Summary), written.Summary);
        Assert.NotEmpty(written.Citations);
        Assert.InRange(written.Facts.Count, 0, 12);
        Assert.InRange(written.Topics.Count, 0, 6);
        var texts = conversation.Messages.ToDictionary(message => message.Id, message => message.Text, StringComparer.Ordinal);
        foreach (var citation in Citations(written))
        {
            Assert.Contains(citation.Quote ?? string.Empty, texts[citation.MessageId], StringComparison.Ordinal);
            Assert.Equal(WellFormedText.Of(citation.Quote ?? string.Empty), citation.Quote ?? string.Empty);
        }
    }
}
