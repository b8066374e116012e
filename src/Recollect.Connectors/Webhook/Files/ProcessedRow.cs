namespace Recollect.Connectors.Webhook.Files;

/// <summary>What is noted of a conversation that was sent.</summary>
/// <param name="WorkspaceId">The workspace's id.</param>
/// <param name="ThreadId">The thread's id.</param>
/// <param name="Second">The whole second in which the conversation began.</param>
/// <param name="ProcessedAt">When it was sent.</param>
/// <param name="MemoryId">The memory's id.</param>
internal sealed record ProcessedRow(string WorkspaceId, string ThreadId, DateTimeOffset Second, DateTimeOffset ProcessedAt, string MemoryId);
