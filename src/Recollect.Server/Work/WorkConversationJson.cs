using Recollect.Conversations;

namespace Recollect.Server.Work;

/// <summary>A conversation as a worker needs it.</summary>
/// <param name="Thread">What names it.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Title">Its title; null for none.</param>
/// <param name="Messages">Its messages in order; never empty.</param>
internal sealed record WorkConversationJson(WorkThreadJson Thread, DateTimeOffset UpdatedAt, string? Title, IReadOnlyList<Message> Messages)
{
    public static WorkConversationJson From(Conversation conversation) =>
        new(WorkThreadJson.From(conversation.Thread), conversation.SourceUpdatedAt, conversation.Title, conversation.Messages);
}
