using System.Globalization;
using System.Text.Json.Nodes;
using Recollect.IntegrationTests.AnythingLlm.Stub;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The chats of a made-up company, and what a memory webhook must get of them, reckoned here by hand.</summary>
internal sealed class ChatWorld
{
    private const int DeletedWorkspace = 12;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private static readonly string[] Questions =
        ["Where is the spare key?", "  When does the train leave?\n", "מה שלומך היום?", "Who pays for \"lunch\" & <tea>? 🥖", "Line one\nline two\ttabbed", "Why?"];

    private static readonly (string? Json, string? Text)[] Answers =
    [
        ("""{"text":"It hangs behind the door.","sources":[],"type":"chat"}""", "It hangs behind the door."),
        ("""{"text":"  At 9:30, track 4. 🚂\n","sources":[]}""", "At 9:30, track 4. 🚂"),
        ("""{"text":null,"sources":[]}""", """{"text":null,"sources":[]}"""),
        ("""{"sources":[],"type":"chat"}""", """{"sources":[],"type":"chat"}"""),
        ("plain words, no JSON", "plain words, no JSON"),
        ("""{"text":"","sources":[]}""", null),
        (null, null),
        ("""{"text":"بخير، شكرا","sources":[]}""", "بخير، شكرا"),
    ];

    private readonly Random _random;
    private readonly List<StubChat> _chats = [];
    private readonly Dictionary<long, string?> _answers = [];

    public ChatWorld(int seed, int chats, DateTimeOffset start)
    {
        _random = new(seed);
        var moments = new List<(DateTimeOffset At, int Workspace, int Place)>();
        while (moments.Count < chats)
        {
            var (workspace, place, at) = (_random.Next(1, DeletedWorkspace + 1), _random.Next(8), start + TimeSpan.FromMinutes(_random.Next(0, 40_000)));
            for (var i = _random.Next(1, 7); i > 0 && moments.Count < chats; i--)
            {
                moments.Add((at, workspace, place));
                at += TimeSpan.FromSeconds(_random.Next(1, 4_000)); // now and then more than an hour
            }
        }

        foreach (var (at, workspace, place) in moments.OrderBy(moment => moment.At))
        {
            Add(at, workspace, place);
        }
    }

    /// <summary>Gets the chats, oldest first.</summary>
    public IReadOnlyList<StubChat> Chats => _chats;

    /// <summary>Gets the payload of every conversation that has ended, as JSON text.</summary>
    public IReadOnlyList<string> Expected =>
        [.. _chats.Where(chat => chat.Include).GroupBy(PartitionOf, StringComparer.Ordinal).SelectMany(partition => Conversations([.. partition])).Select(Payload)];

    /// <summary>Makes the chat that comes next.</summary>
    public StubChat Add(DateTimeOffset at, int workspace, int place)
    {
        var id = 10 + (_chats.Count * 3); // deleted chats leave holes
        var answer = Answers[_random.Next(Answers.Length)];
        var chat = new StubChat
        {
            Id = id,
            CreatedAt = StubChat.Time(at),
            WorkspaceId = workspace,
            WorkspaceName = workspace == DeletedWorkspace ? "deleted workspace" : $"Folder {workspace}/2/3",
            WorkspaceSlug = workspace == DeletedWorkspace ? null : $"folder-{workspace}",
            ThreadId = place < 3 ? JsonValue.Create((workspace * 10) + place) : null,
            User = place switch { 0 or 3 => "dana", 1 or 4 => "omar", 2 => "priya", 5 or 6 => "API", _ => "unknown user" },
            Session = place switch { 5 => "session-a", 6 => "session-b", _ => null },
            Prompt = _random.Next(20) == 0 ? " \n" : Questions[_random.Next(Questions.Length)],
            Response = answer.Json,
            Include = _random.Next(25) > 0,
        };
        _answers[id] = answer.Text;
        _chats.Add(chat);
        return chat;
    }

    private static string PartitionOf(StubChat chat) =>
        $"{chat.WorkspaceId} {chat.ThreadId?.ToString() ?? $"default {chat.Session}"} {chat.User}";

    private IEnumerable<List<StubChat>> Conversations(List<StubChat> chats)
    {
        var conversation = new List<StubChat>();
        foreach (var chat in chats.Where(chat => Said(chat).Any()))
        {
            if (conversation.Count > 0 && Time(chat) - Time(conversation[^1]) > Window)
            {
                yield return conversation;
                conversation = [];
            }

            conversation.Add(chat);
        }

        if (conversation.Count > 0)
        {
            yield return conversation;
        }
    }

    private IEnumerable<string> Said(StubChat chat)
    {
        if (chat.Prompt!.Trim() is { Length: > 0 } question)
        {
            yield return "User: " + question;
        }

        if (_answers[chat.Id] is { } answer)
        {
            yield return "Assistant: " + answer;
        }
    }

    private string Payload(List<StubChat> conversation) => new JsonObject
    {
        ["conversation"] = string.Join("\n\n", conversation.SelectMany(Said)),
        ["workspaceID"] = conversation[0].WorkspaceId!.ToString(),
        ["threadID"] = conversation[0].ThreadId?.ToString() ?? "default",
        ["user"] = conversation[0].User,
        ["createdAt"] = conversation[0].CreatedAt,
        ["workspace"] = conversation[0].WorkspaceName,
        ["summary"] = "",
    }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static DateTimeOffset Time(StubChat chat) => DateTimeOffset.Parse(chat.CreatedAt, CultureInfo.InvariantCulture);
}
