using Recollect.Conversations;

namespace Recollect.Ingest.Changes;

/// <summary>Compares conversations with what is stored of their threads. Pure: the same input gives the same answer.</summary>
internal static class ChangeDetector
{
    /// <summary>Compares one conversation.</summary>
    /// <param name="conversation">The conversation as the source has it.</param>
    /// <param name="storedOfThread">The headers of all memories of its thread partition.</param>
    /// <param name="madeBy">How a memory would be made now.</param>
    public static ConversationChange Compare(Conversation conversation, IReadOnlyList<MemoryHeader> storedOfThread, string madeBy)
    {
        var fingerprint = new Fingerprint
        {
            ContentHash = conversation.ContentHash,
            SourceUpdatedAt = conversation.SourceUpdatedAt,
            MadeBy = madeBy,
        };
        var kind = ChangeKind.New;
        List<string>? rivals = null;
        foreach (var stored in storedOfThread)
        {
            if (string.Equals(stored.Id, conversation.Id, StringComparison.Ordinal))
            {
                kind = stored.Fingerprint == fingerprint ? ChangeKind.Unchanged : ChangeKind.Changed;
            }
            else if (stored.StartedAt <= conversation.EndedAt && stored.EndedAt >= conversation.StartedAt)
            {
                (rivals ??= []).Add(stored.Id);
            }
        }

        return new(conversation, kind, fingerprint, rivals ?? []);
    }

    /// <summary>Tells whether a memory does not stand any more because some of its messages are a conversation's now.</summary>
    /// <param name="conversation">The conversation as the source has it.</param>
    /// <param name="messageIds">The ids of the memory's messages, in the same thread partition.</param>
    public static bool Supersedes(Conversation conversation, IEnumerable<string> messageIds)
    {
        var ids = conversation.Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        return messageIds.Any(ids.Contains);
    }
}
