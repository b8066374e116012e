using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Chat;

/// <summary>The lines of a chat's file, in the shape that the <c>files</c> source reads; the id comes first.</summary>
/// <param name="Ids">The ids that the file has.</param>
/// <param name="EndsInALine">Whether nothing is left over after the last line.</param>
internal sealed record ChatLines(HashSet<string> Ids, bool EndsInALine)
{
    private const int IdLength = 32;
    private const int MaxTextLength = 10 * 1024 * 1024; // escaped it stays below the longest line that the source reads by default

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ReadOnlySpan<byte> Start => """{"id":" """u8[..^1];

    /// <summary>Reads the ids; the file stands at its end afterwards.</summary>
    public static async ValueTask<ChatLines> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var head = new byte[Start.Length + IdLength];
        var column = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await file.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                column = Scan(buffer.AsSpan(0, read), head, column, ids);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return new(ids, column == 0);
    }

    /// <summary>Writes a line. A text above 10 MiB is cut.</summary>
    public static void Write(IBufferWriter<byte> lines, Owner owner, string thread, LoggedMessage message)
    {
        using (var json = new Utf8JsonWriter(lines, Readable))
        {
            json.WriteStartObject();
            json.WriteString("id", message.Id);
            json.WriteString("tenant", owner.Tenant);
            json.WriteString("user", owner.User);
            json.WriteString("scope", owner.Scope);
            json.WriteString("thread", WellFormedText.Of(thread));
            json.WriteString("role", message.Role);
            if (message.Author is { } author)
            {
                json.WriteString("name", WellFormedText.Of(author));
            }

            json.WriteString("sent_at", message.SentAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("text", WellFormedText.Of(message.Text.Length > MaxTextLength ? message.Text[..MaxTextLength] : message.Text));
            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private static int Scan(ReadOnlySpan<byte> bytes, byte[] head, int column, HashSet<string> ids)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            var taken = Math.Min(line.Length, Math.Max(0, head.Length - column));
            line[..taken].CopyTo(head.AsSpan(Math.Min(column, head.Length)));
            column += line.Length;
            if (end < 0)
            {
                break;
            }

            if (column > head.Length && head.AsSpan().StartsWith(Start))
            {
                ids.Add(Encoding.ASCII.GetString(head.AsSpan(Start.Length)));
            }

            column = 0;
            bytes = bytes[(end + 1)..];
        }

        return column;
    }
}
