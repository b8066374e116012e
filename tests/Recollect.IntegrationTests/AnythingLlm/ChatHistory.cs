using Recollect.IntegrationTests.AnythingLlm.Stub;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>Makes random histories whose gaps lie around the window.</summary>
internal static class ChatHistory
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan[] Gaps =
    [
        TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(7), SourceBench.Window - TimeSpan.FromMilliseconds(1),
        SourceBench.Window, SourceBench.Window + TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(30),
    ];

    /// <summary>Makes chats in the order of their ids, which is that of their times.</summary>
    public static List<StubChat> Of(Random random, int count)
    {
        var now = Start;
        var talkative = random.Next(1, 7); // the more threads go on at once, the smaller are the steps from chat to chat
        List<StubChat> chats = [];
        for (var i = 0; i < count; i++)
        {
            now += random.Next(talkative) == 0 ? Gaps[random.Next(Gaps.Length)] : TimeSpan.FromSeconds(random.Next(3));
            chats.Add(Chat(random, (chats.Count == 0 ? 0 : chats[^1].Id) + random.Next(1, 4), now));
        }

        return chats;
    }

    /// <summary>Gives some chats behind a moment the old dates with which they may have been brought in.</summary>
    public static List<StubChat> WithImports(Random random, List<StubChat> chats, DateTimeOffset since)
    {
        var from = chats.FindIndex(chat => TimeOf(chat) >= since);
        return from < 0 ? chats : [.. chats.Select((chat, i) => i <= from || random.Next(6) > 0 ? chat : chat with
        {
            CreatedAt = StubChat.Time(Start + ((TimeOf(chats[from]) - Start) * random.NextDouble())),
        })];
    }

    /// <summary>Gets a moment at, near or between the chats.</summary>
    public static DateTimeOffset Moment(Random random, List<StubChat> chats) =>
        (chats.Count == 0 ? Start : TimeOf(chats[(int)(chats.Count * Math.Pow(random.NextDouble(), 0.4))])) + TimeSpan.FromMilliseconds(random.Next(-1, 2) * random.Next(1, 600_000));

    public static DateTimeOffset TimeOf(StubChat chat) => DateTimeOffset.Parse(chat.CreatedAt, System.Globalization.CultureInfo.InvariantCulture);

    private static StubChat Chat(Random random, long id, DateTimeOffset at)
    {
        var isDefault = random.Next(3) == 0;
        var isProgram = isDefault && random.Next(2) == 0;
        var blank = random.Next(12);
        return new()
        {
            Id = id,
            CreatedAt = StubChat.Time(at),
            WorkspaceId = random.Next(1, 3),
            ThreadId = isDefault ? null : random.Next(1, 5),
            Session = isProgram ? $"s{random.Next(2)}" : null,
            User = isProgram ? null : random.Next(3) switch { 0 => "dana", 1 => "omar", _ => null },
            Include = random.Next(7) > 0,
            Prompt = blank is 0 or 1 ? string.Empty : $"question {id}",
            Response = blank is 0 or 2 ? null : StubChat.Answer($"answer {id}"),
        };
    }
}
