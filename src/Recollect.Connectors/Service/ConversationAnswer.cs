using Recollect.Conversations;

namespace Recollect.Connectors.Service;

/// <summary>A conversation.</summary>
/// <param name="Thread">What names it.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Title">Its title; null for none.</param>
/// <param name="Messages">Its messages.</param>
internal sealed record ConversationAnswer(ThreadAnswer Thread, DateTimeOffset UpdatedAt, string? Title, IReadOnlyList<Message> Messages)
{
    /// <summary>Gets the messages as a source gives them.</summary>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public IEnumerable<SourceMessage> ToMessages()
    {
        var thread = new SourceThread { Key = Thread.ToKey(), IsConversation = true, UpdatedAt = UpdatedAt, Title = Title };
        return Messages.Select(message => new SourceMessage { Thread = thread, Message = message });
    }
}
