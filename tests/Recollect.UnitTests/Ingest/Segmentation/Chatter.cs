using System.Globalization;
using Recollect.Conversations;

namespace Recollect.UnitTests.Ingest.Segmentation;

/// <summary>Makes random threads whose gaps lie around the window.</summary>
internal static class Chatter
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan[] Gaps =
    [
        TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(7), Window - TimeSpan.FromTicks(1),
        Window, Window + TimeSpan.FromTicks(1), TimeSpan.FromHours(30),
    ];

    private static readonly Dictionary<string, string> NoMetadata = new(StringComparer.Ordinal);

    /// <summary>Makes messages, thread by thread and in order.</summary>
    public static SourceMessage[] Of(Random random, int count, int threads)
    {
        var known = Enumerable.Range(0, threads).Select(number => Thread(number)).ToArray();
        var last = Enumerable.Repeat(Start, threads).ToArray();
        var messages = new SourceMessage[count];
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(threads);
            last[at] += Gaps[random.Next(Gaps.Length)];
            messages[i] = new() { Thread = known[at], Message = Message(random, i, last[at]) };
        }

        return messages;
    }

    public static SourceThread Thread(int number, bool isGiven = false) => new()
    {
        Key = new() { Source = "files", Owner = new() { User = $"u{number % 7}" }, Thread = $"t{number}" },
        IsConversation = isGiven || number % 10 == 9,
    };

    private static Message Message(Random random, int number, DateTimeOffset sentAt) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"m{number}"),
        Role = number % 2 == 0 ? Roles.User : Roles.Assistant,
        Text = random.Next(20) == 0 ? "naïve 👩‍👩‍👧 漢字 \uD83D" : "plain words",
        Author = random.Next(3) == 0 ? "Zoë" : null,
        SentAt = sentAt,
        OrderKey = random.Next(4) == 0 ? $"{random.Next(12)}:{random.Next(2)}" : null,
        Position = number,
        Metadata = random.Next(9) == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) { ["key"] = "value \uDE00" } : NoMetadata,
    };
}
