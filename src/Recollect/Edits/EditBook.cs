using System.Globalization;
using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Edits;

/// <summary>What people did to memories by hand, findable by thread partition.</summary>
/// <param name="edits">The edits, in order.</param>
internal sealed class EditBook(IEnumerable<MemoryEdit> edits)
{
    /// <summary>What is known where nobody did anything.</summary>
    public static readonly EditBook Empty = new([]);

    private readonly ILookup<string, MemoryEdit> _byThread = edits.ToLookup(static edit => edit.ThreadId, StringComparer.Ordinal);

    /// <summary>Gets the edits of facts of a conversation: those that rest on a message of it.</summary>
    /// <param name="thread">The thread partition.</param>
    /// <param name="messageIds">The ids of its messages.</param>
    public IReadOnlyList<MemoryEdit> FactsOf(ThreadKey thread, IEnumerable<string> messageIds)
    {
        if (!_byThread.Contains(thread.Id))
        {
            return [];
        }

        var ids = messageIds.ToHashSet(StringComparer.Ordinal);
        return [.. _byThread[thread.Id].Where(edit => edit.Fact is not null && edit.MessageIds.Any(ids.Contains))];
    }

    /// <summary>Gets the edits of facts of a memory.</summary>
    public IReadOnlyList<MemoryEdit> FactsOf(Memory memory) => FactsOf(memory.Thread, memory.MessageIds);

    /// <summary>Takes away the messages of memories that were forgotten; null when nothing is left.</summary>
    public Conversation? WithoutForgotten(Conversation conversation)
    {
        var spans = SpansOf(conversation.Thread);
        return spans.Length == 0 ? conversation : conversation.Without(message => spans.Any(span => Covers(span, message.SentAt)));
    }

    /// <summary>Tells whether a record holds messages of a memory that was forgotten; where no message is kept, whether it may.</summary>
    public bool Forgets(MemoryRecord record) =>
        SpansOf(record.Memory.Thread).Any(span => record.Messages.Count > 0 ? record.Messages.Any(message => Covers(span, message.SentAt))
            : span.From <= record.Memory.EndedAt && span.To >= record.Memory.StartedAt);

    /// <summary>Tells whether a memory was forgotten in part or whole that an earlier book knows nothing of.</summary>
    public bool ForgetsMoreThan(EditBook earlier, Memory memory) => SpansOf(memory.Thread).ExceptBy(earlier.SpansOf(memory.Thread).Select(static span => span.At), static span => span.At)
        .Any(span => span.From <= memory.EndedAt && span.To >= memory.StartedAt);

    /// <summary>Gets how the memory of a conversation is made: as others are, and with its edits.</summary>
    public string MadeBy(string plain, ThreadKey thread, IEnumerable<string> messageIds) => MadeBy(plain, FactsOf(thread, messageIds));

    /// <summary>Gets how the memory of a conversation is made: as others are, and with its edits.</summary>
    public string MadeBy(string plain, Conversation conversation) =>
        _byThread.Contains(conversation.Thread.Id) ? MadeBy(plain, conversation.Thread, conversation.Messages.Select(static message => message.Id)) : plain;

    /// <summary>Does to what a writer gave what was done by hand before, and says so in the fingerprint.</summary>
    public (ConversationChange Change, WrittenMemory Written) Apply(ConversationChange change, WrittenMemory written)
    {
        string[] ids = [.. change.Conversation.Messages.Select(static message => message.Id)];
        var facts = FactsOf(change.Conversation.Thread, ids);
        var plain = Fingerprint.WithoutEdits(change.Fingerprint.MadeBy);
        return (change with { Fingerprint = change.Fingerprint with { MadeBy = MadeBy(plain, facts) } }, FactEdits.Apply(written, ids, facts));
    }

    /// <summary>Does to a memory that is stored, or comes out of an archive, what was done by hand.</summary>
    public MemoryRecord Apply(MemoryRecord record)
    {
        var memory = record.Memory;
        if (FactsOf(memory) is not { Count: > 0 } facts)
        {
            return record;
        }

        var written = FactEdits.Apply(Runs.MemoryComposer.WritingOf(memory), memory.MessageIds, facts);
        return record with
        {
            Memory = memory with
            {
                Summary = written.Summary,
                Facts = written.Facts,
                Data = written.Data,
                Fingerprint = memory.Fingerprint with { MadeBy = MadeBy(Fingerprint.WithoutEdits(memory.Fingerprint.MadeBy), facts) },
            },
        };
    }

    private static string MadeBy(string plain, IReadOnlyCollection<MemoryEdit> facts) => facts.Count == 0 ? plain
        : plain + Fingerprint.EditsMark + StableHash.Of(4, [.. facts.Select(static edit => edit.At.UtcTicks.ToString(CultureInfo.InvariantCulture))]);

    private static bool Covers(MemoryEdit span, DateTimeOffset moment) => moment >= span.From && moment <= span.To;

    private MemoryEdit[] SpansOf(ThreadKey thread) => [.. _byThread[thread.Id].Where(static edit => edit.From is not null)];
}
