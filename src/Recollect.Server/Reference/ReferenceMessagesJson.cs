using Recollect.Conversations;

namespace Recollect.Server.Reference;

/// <summary>The messages of a conversation.</summary>
/// <param name="Success">True.</param>
/// <param name="Messages">The messages, in order.</param>
internal sealed record ReferenceMessagesJson(bool Success, IReadOnlyList<ReferenceMessageJson> Messages)
{
    public static ReferenceMessagesJson From(IEnumerable<Message> messages) => new(Success: true, [.. messages.Select(ReferenceMessageJson.From)]);
}
