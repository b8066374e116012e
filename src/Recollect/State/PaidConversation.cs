namespace Recollect.State;

/// <summary>The conversation that paid-for embeddings belong to.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="User">Its user.</param>
public sealed record PaidConversation(string ConversationId, string Tenant, string User);
