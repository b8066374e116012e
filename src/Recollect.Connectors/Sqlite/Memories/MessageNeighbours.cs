using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Reads messages that were found, with their neighbours.</summary>
internal static class MessageNeighbours
{
    /// <summary>Reads each message once, ordered by memory id and position.</summary>
    public static List<MessageCandidate> Read(SqliteSession session, List<(string MemoryId, Candidate Candidate)> found, int neighbours)
    {
        var messages = new List<MessageCandidate>(found.Count * 3);
        foreach (var memory in found.GroupBy(match => match.MemoryId, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var next = 0;
            foreach (var (_, candidate) in memory.OrderBy(match => match.Candidate.First))
            {
                var first = Math.Max(next, candidate.First - neighbours);
                var key = MessageKey.First(candidate.MemoryKey);
                foreach (var message in MemoryColumns.ReadMessages(session, key + first, key + candidate.First + neighbours))
                {
                    messages.Add(new(memory.Key, first++, message));
                }

                next = Math.Max(next, first);
            }
        }

        return messages;
    }
}
