using Recollect.Conversations;

namespace Recollect.Ingest.Changes;

/// <summary>Compares conversations with what is stored of their threads. Pure: the same input gives the same answer.</summary>
internal static class ChangeDetector
{
    /// <summary>Compares one conversation.</summary>
    /// <param name="conversation">The conversation as the source has it.</param>
    /// <param name="stored">What is stored of its thread partition.</param>
    /// <param name="madeBy">How a memory would be made now.</param>
    public static ConversationChange Compare(Conversation conversation, ThreadMemories stored, string madeBy)
    {
        var fingerprint = new Fingerprint
        {
            ContentHash = conversation.ContentHash,
            SourceUpdatedAt = conversation.SourceUpdatedAt,
            MadeBy = madeBy,
        };
        var before = stored.Find(conversation.Id)?.Fingerprint;
        var kind = before is null ? ChangeKind.New : before == fingerprint || IsOfEtl(before, conversation, madeBy) ? ChangeKind.Unchanged : ChangeKind.Changed;
        return new(conversation, kind, fingerprint, stored.RivalsOf(conversation), before is not null && WritesTheSame(before, fingerprint));
    }

    /// <summary>Tells whether a memory does not stand any more because some of its messages are a conversation's now.</summary>
    /// <param name="conversation">The conversation as the source has it.</param>
    /// <param name="messageIds">The ids of the memory's messages, in the same thread partition.</param>
    public static bool Supersedes(Conversation conversation, IEnumerable<string> messageIds)
    {
        var ids = conversation.Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        return messageIds.Any(ids.Contains);
    }

    /// <summary>Tells whether the ETL before made the memory of this very content, and it has the edits by hand of now, so that switching over makes nothing again.</summary>
    private static bool IsOfEtl(Fingerprint before, Conversation conversation, string madeBy) =>
        string.Equals(before.MadeBy, Fingerprint.MadeByEtl + madeBy[Fingerprint.WithoutEdits(madeBy).Length..], StringComparison.Ordinal)
        && before.SourceUpdatedAt.ToUnixTimeSeconds() >= conversation.SourceUpdatedAt.ToUnixTimeSeconds()
        && string.Equals(before.ContentHash, conversation.EtlHash, StringComparison.OrdinalIgnoreCase);

    private static bool WritesTheSame(Fingerprint before, Fingerprint now) =>
        string.Equals(before.ContentHash, now.ContentHash, StringComparison.Ordinal) && string.Equals(WriterOf(before), WriterOf(now), StringComparison.Ordinal);

    private static string WriterOf(Fingerprint fingerprint) => fingerprint.MadeBy.Split(Fingerprint.PartSeparator, 2)[0];
}
