using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recollect.EndToEndTests.Commands;

/// <summary>Made-up chats as lines of a JSONL file.</summary>
internal static class Chats
{
    private static readonly string[] Words =
        "The flight to Lisbon leaves on Friday and my sister moved to a quiet street near the old harbour where rent is lower than in town".Split(' ');

    /// <summary>Gets the two-conversation chat of dana, and one of omar.</summary>
    public static IReadOnlyList<string> Small { get; } =
    [
        Line("m1", "home", "I moved to 14 Elm Street in Leeds last week.", "2024-01-05T10:00:00Z", user: "dana"),
        Line("m2", "home", "Noted: your new address is 14 Elm Street, Leeds.", "2024-01-05T10:00:30Z", user: "dana", role: "assistant"),
        Line("m3", "home", "My piano lesson is every Tuesday at six.", "2024-01-06T10:00:00Z", user: "dana"),
        Line("m4", "home", "I will remind you on Tuesdays.", "2024-01-06T10:01:00Z", user: "dana", role: "assistant"),
        Line("m1", "trip", "I booked the hotel Miramar in Lisbon.", "2024-02-01T08:00:00Z", user: "omar"),
        Line("m2", "trip", "Great, hotel Miramar in Lisbon it is.", "2024-02-01T08:00:20Z", user: "omar", role: "assistant"),
    ];

    public static string Line(string? id, string thread, string text, string sentAt, string? user = null, string role = "user")
    {
        var line = new JsonObject { ["thread"] = thread, ["role"] = role, ["text"] = text, ["sent_at"] = sentAt };
        if (id is not null)
        {
            line["id"] = id;
        }

        if (user is not null)
        {
            line["user"] = user;
        }

        return line.ToJsonString(JsonSerializerOptions.Web);
    }

    /// <summary>Makes conversations, each in a thread of its own; always the same ones.</summary>
    /// <param name="count">How many.</param>
    /// <param name="messages">How many messages each has.</param>
    public static IEnumerable<string> Many(int count, int messages)
    {
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            for (var m = 0; m < messages; m++)
            {
                var text = string.Join(' ', Enumerable.Range(0, 20).Select(n => Words[((i * 7) + (m * 3) + (n * n)) % Words.Length])) + FormattableString.Invariant($" number {i * 31}.");
                var sentAt = start.AddMinutes(i).AddSeconds(m * 20).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                yield return Line(FormattableString.Invariant($"m{m}"), FormattableString.Invariant($"t{i}"), text, sentAt, FormattableString.Invariant($"u{i % 7}"), m % 2 == 0 ? "user" : "assistant");
            }
        }
    }
}
