using Recollect.Recall;

namespace Recollect.Server.Api;

/// <summary>A recalled message.</summary>
internal sealed record RecalledMessageJson(string MessageId, string ConversationId, string Role, string? Author, DateTimeOffset SentAt, string Text, double Score)
{
    public static RecalledMessageJson From(RecalledMessage found) => new(
        found.Message.Id, found.ConversationId, found.Message.Role, found.Message.Author, found.Message.SentAt, found.Message.Text, Math.Round(found.Score, 6));
}
