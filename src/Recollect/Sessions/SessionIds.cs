using System.Globalization;
using Recollect.Conversations;

namespace Recollect.Sessions;

/// <summary>Makes the ids of sessions and messages, in the shape of UUIDs, of what they are: saving the same again is the same.</summary>
internal static class SessionIds
{
    /// <summary>Gets the id of a chat's session.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="createdAt">When it began.</param>
    /// <param name="number">How many sessions of the chat are known already.</param>
    public static string OfSession(string chat, DateTimeOffset createdAt, int number) =>
        Uuid(StableHash.Of(16, "session", chat, createdAt.UtcTicks.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Gets the id of a message that the channel named.</summary>
    public static string OfMessage(string chat, string externalId, string role) => Uuid(StableHash.Of(16, "message", chat, externalId, role));

    /// <summary>Gets the id of a message that has none of the channel's.</summary>
    public static string OfPlace(string session, int order) => Uuid(StableHash.Of(16, "place", session, order.ToString(CultureInfo.InvariantCulture)));

    private static string Uuid(string hash) => new Guid(Convert.FromHexString(hash)).ToString("D", CultureInfo.InvariantCulture);
}
