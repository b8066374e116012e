using Recollect.State;

namespace Recollect.Cli.Output;

/// <summary>A conversation that failed.</summary>
internal sealed record PendingJson(string ConversationId, string Source, int FailedRuns, string? Reason, string? Error, DateTimeOffset? NextTryAt)
{
    public static PendingJson From(PendingConversation pending) =>
        new(pending.ConversationId, pending.Source, pending.FailedRuns, pending.Reason, pending.Error, pending.NextTryAt);
}
