using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.IntegrationTests.Server;
using Recollect.Sessions;

namespace Recollect.IntegrationTests.Web;

/// <summary>Conversations that a bot has now.</summary>
internal static class BotSessions
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Stores a conversation with one message for each text.</summary>
    /// <param name="server">Where.</param>
    /// <param name="id">Its id.</param>
    /// <param name="chat">With whom.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="names">Who says them; null: Dana.</param>
    public static async Task SaveAsync(RunningServer server, string id, string chat, IReadOnlyList<string> texts, IReadOnlyList<string>? names = null)
    {
        var messages = texts.Select((text, index) => new SessionMessage
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{id}-{index}"),
            SessionId = id,
            Role = "user",
            Text = text,
            Sender = chat,
            SenderName = names?[index] ?? "Dana",
            SentAt = Noon.AddMinutes(index),
            ReceivedAt = Noon.AddMinutes(index),
            Order = index + 1,
        }).ToArray();
        var session = new Session { Id = id, Chat = chat, CreatedAt = Noon, LastActive = Noon.AddMinutes(messages.Length), MessageIds = [.. messages.Select(message => message.Id)] };
        await server.Services.GetRequiredService<ISessionStore>().InChatAsync(
            chat,
            async (sessions, token) =>
            {
                await sessions.SaveAsync(session, messages, token);
                return true;
            },
            CancellationToken.None);
    }
}
