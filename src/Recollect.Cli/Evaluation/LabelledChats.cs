using System.Text.Json;

namespace Recollect.Cli.Evaluation;

/// <summary>Writes labelled chats as the <c>files</c> source reads them.</summary>
internal static class LabelledChats
{
    /// <summary>Writes one message a line.</summary>
    /// <param name="sessions">The chats.</param>
    /// <param name="output">Gets UTF-8 lines; stays open.</param>
    public static void Write(IEnumerable<LabelledSession> sessions, Stream output)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(output);
        foreach (var session in sessions)
        {
            foreach (var message in session.Messages)
            {
                using (var writer = new Utf8JsonWriter(output))
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", message.Id);
                    writer.WriteString("thread", session.Thread);
                    writer.WriteString("user", session.Owner.User);
                    writer.WriteString("role", message.Role);
                    writer.WriteString("name", message.Author);
                    writer.WriteString("text", message.Text);
                    writer.WriteString("sent_at", message.SentAt);
                    writer.WriteEndObject();
                }

                output.WriteByte((byte)'\n');
            }
        }
    }
}
