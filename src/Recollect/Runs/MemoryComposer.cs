using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;

namespace Recollect.Runs;

/// <summary>Puts together what is stored of a conversation, and lets no citation through that does not hold (P11).</summary>
internal static class MemoryComposer
{
    public static MemoryRecord Compose(ConversationChange change, WrittenMemory written, EmbeddedConversation embedded, bool keepText)
    {
        var conversation = change.Conversation;
        CheckCitations(conversation, written);
        return new()
        {
            Memory = new()
            {
                Id = conversation.Id,
                Thread = conversation.Thread,
                StartedAt = conversation.StartedAt,
                EndedAt = conversation.EndedAt,
                Title = conversation.Title,
                Summary = written.Summary,
                Content = written.Content,
                Facts = written.Facts,
                Topics = written.Topics,
                Data = written.Data,
                Citations = written.Citations,
                MessageIds = [.. conversation.Messages.Select(message => message.Id)],
                Fingerprint = change.Fingerprint,
            },
            Messages = keepText ? conversation.Messages : [],
            Chunks = embedded.Chunks,
            Vector = embedded.Vector,
        };
    }

    private static void CheckCitations(Conversation conversation, WrittenMemory written)
    {
        var texts = conversation.Messages.ToDictionary(message => message.Id, message => message.Text, StringComparer.Ordinal);
        if (written.Citations.Count == 0)
        {
            throw new GenerationException("The writer cited no message.");
        }

        foreach (var citation in written.Facts.SelectMany(fact => fact.Citations).Concat(written.Citations))
        {
            if (!texts.TryGetValue(citation.MessageId, out var text))
            {
                throw new GenerationException("The writer cited a message that the conversation does not have.");
            }

            if (citation.Quote is { } quote && !text.Contains(quote, StringComparison.Ordinal))
            {
                throw new GenerationException("The writer quoted words that the cited message does not have.");
            }
        }
    }
}
