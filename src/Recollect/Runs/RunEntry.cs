namespace Recollect.Runs;

/// <summary>What became of one conversation in a run. Unchanged and skipped ones have no entry.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="User">Its user.</param>
/// <param name="Outcome">One of <see cref="Outcomes"/>.</param>
/// <param name="Reason">Why it failed; null otherwise.</param>
public sealed record RunEntry(string RunId, string ConversationId, string Tenant, string User, string Outcome, string? Reason);
