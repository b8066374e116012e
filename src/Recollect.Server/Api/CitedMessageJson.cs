using System.ComponentModel;
using Recollect.Conversations;

namespace Recollect.Server.Api;

/// <summary>A message that a memory or a fact rests on; role, time and text are null where the text of messages is not kept.</summary>
internal sealed record CitedMessageJson(
    string MessageId, [property: Description("The exact words; null where the whole message is meant.")] string? Quote, string? Role, DateTimeOffset? SentAt, string? Text)
{
    public static CitedMessageJson From(Citation citation, IReadOnlyDictionary<string, Message> kept)
    {
        var message = kept.GetValueOrDefault(citation.MessageId);
        return new(citation.MessageId, citation.Quote, message?.Role, message?.SentAt, message?.Text);
    }
}
