using Recollect.Conversations;

namespace Recollect.Ingest.Sources;

/// <summary>A conversation of a source, without its messages.</summary>
/// <param name="Thread">The thread that is the conversation.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record ListedConversation(ThreadKey Thread, DateTimeOffset UpdatedAt);
