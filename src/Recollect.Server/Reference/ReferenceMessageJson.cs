using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Server.Reference;

/// <summary>A message as the backend has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="IsUser">Whether the person speaks.</param>
/// <param name="Timestamp">When it was sent.</param>
/// <param name="CuriosityScore">Always null: only the backend knows it.</param>
internal sealed record ReferenceMessageJson(JsonElement Id, string Content, bool IsUser, DateTimeOffset Timestamp, int? CuriosityScore)
{
    public static ReferenceMessageJson From(Message message) => new(
        ReferenceId.Of(message.Id), message.Text, string.Equals(message.Role, Roles.User, StringComparison.Ordinal), message.SentAt, CuriosityScore: null);
}
