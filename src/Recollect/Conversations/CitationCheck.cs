namespace Recollect.Conversations;

/// <summary>Tells whether citations hold: every message exists, and every quote is a part of it.</summary>
internal static class CitationCheck
{
    /// <summary>Finds the first thing that is wrong.</summary>
    /// <param name="citations">The citations of a memory and its facts.</param>
    /// <param name="messageIds">The ids of the conversation's messages.</param>
    /// <param name="messages">The messages whose text is at hand; a quote of another cannot be compared.</param>
    /// <returns>A clause such as <c>cites a message that the conversation does not have</c>; null where all hold.</returns>
    public static string? Find(IEnumerable<Citation> citations, IEnumerable<string> messageIds, IEnumerable<Message> messages)
    {
        var ids = messageIds.ToHashSet(StringComparer.Ordinal);
        var texts = messages.ToDictionary(message => message.Id, message => message.Text, StringComparer.Ordinal);
        foreach (var citation in citations)
        {
            if (!ids.Contains(citation.MessageId))
            {
                return "cites a message that the conversation does not have";
            }

            if (citation.Quote is { } quote && texts.TryGetValue(citation.MessageId, out var text) && !text.Contains(quote, StringComparison.Ordinal))
            {
                return "quotes words that the cited message does not have";
            }
        }

        return null;
    }
}
