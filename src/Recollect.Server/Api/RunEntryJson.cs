using Recollect.Runs;

namespace Recollect.Server.Api;

/// <summary>What became of a conversation in a run.</summary>
internal sealed record RunEntryJson(string ConversationId, string UserId, string Outcome, string? Reason)
{
    public static RunEntryJson From(RunEntry entry) => new(entry.ConversationId, entry.User, entry.Outcome, entry.Reason);
}
