using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;

namespace Recollect.Runs;

/// <summary>Puts together what is stored of a conversation, and lets no citation through that does not hold (P11).</summary>
internal static class MemoryComposer
{
    /// <summary>Gets what was written of a memory that is stored.</summary>
    public static WrittenMemory WritingOf(Memory memory) => new()
    {
        Summary = memory.Summary,
        Content = memory.Content,
        Facts = memory.Facts,
        Topics = memory.Topics,
        Data = memory.Data,
        Citations = memory.Citations,
    };

    public static MemoryRecord Compose(ConversationChange change, WrittenMemory written, EmbeddedConversation embedded, bool keepText)
    {
        var conversation = change.Conversation;
        var citations = written.Facts.SelectMany(fact => fact.Citations).Concat(written.Citations);
        var wrong = written.Citations.Count == 0 ? "cites no message"
            : CitationCheck.Find(citations, conversation.Messages.Select(message => message.Id), conversation.Messages);
        if (wrong is not null)
        {
            throw new GenerationException($"What the writer gave {wrong}.");
        }

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
            EtlHash = conversation.IsGiven ? conversation.EtlHash : null, // the ETL before knew no others
        };
    }
}
