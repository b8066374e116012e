using Recollect.Sessions;

namespace Recollect.Server.Web.Sessions;

/// <summary>One live conversation of a bot.</summary>
/// <param name="Session">The session.</param>
/// <param name="Messages">Its newest messages, oldest first.</param>
public sealed record SessionModel(Session Session, IReadOnlyList<SessionMessage> Messages)
{
    /// <summary>How many messages are shown.</summary>
    public const int MostMessages = 200;

    /// <summary>Gets the address of a session.</summary>
    /// <param name="id">The session.</param>
    public static string UrlOf(string id) => $"/sessions/{Uri.EscapeDataString(id)}";
}
