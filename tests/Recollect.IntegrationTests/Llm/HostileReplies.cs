using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recollect.IntegrationTests.Llm;

/// <summary>Makes replies as bad models give them, the same every time. Each says what may be stored of it.</summary>
internal sealed class HostileReplies
{
    public const int Messages = 6;

    /// <summary>A word that stands in every reply, and in no failure.</summary>
    public const string Secret = "xyzzy";

    private static readonly string[] Prose = ["", "Sure, here is the memory you asked for:\n", "<think>The user said \"hi\"; (so) I write it down.</think>\n", "## Memory\n\n* as JSON *\n", "Der Speicher 👍 «xyzzy»: ", "```json\n", "```\n", "[", "{not json} ", "Step 1: \"xyzzy\".\n"];

    private readonly Random _random;

    public HostileReplies(int seed) => _random = new(seed);

    /// <summary>Makes the text of a message.</summary>
    public static string Said(int position) => string.Create(CultureInfo.InvariantCulture, $"Message {position} says \"{Secret}\" and then {position * 7}.\nOver.");

    /// <summary>Makes a reply.</summary>
    public HostileReply Next() => _random.Next(14) switch
    {
        0 => Fitting("plain", Printed(Memory())),
        1 => Fitting("prose", Pick(Prose) + Printed(Memory()) + Pick(["", "\nAnything else?", "\n```", "]", " // done"])),
        2 => Fitting("indented, commas and comments", Sloppy(Memory())),
        3 => Fitting("draft first", $"{Printed(Memory())}\nNo, better:\n{Printed(Memory())}"),
        4 => Cited("wrong ids"),
        5 => Cited("invented quotes"),
        6 => Cited("both"),
        7 => Fitting("half a surrogate pair", Printed(Memory()).Replace(Secret, Secret + "\\ud83d", StringComparison.Ordinal)),
        8 => Failing("cut off", Pick(Prose[..3]) + Truncated()),
        9 => Failing("wrong type", Printed(Changed(Pick(WrongTypes)))),
        10 => Failing("extra field", Printed(Changed(data => Anywhere(data)[Secret] = 1))),
        11 => Failing("field twice", Printed(Memory()).Replace("{\"summary\"", $"{{\"summary\":\"{Secret}\",\"summary\"", StringComparison.Ordinal)),
        12 => Failing("no number", Printed(Memory()).Replace("\"topics\":[", Pick(["\"topics\":[NaN,", "\"topics\":[Infinity,", "\"topics\":[-1e999,", "\"topics\":[0x1F,"]), StringComparison.Ordinal)),
        _ => Failing("nested or missing", Pick([Deep(), Missing(), $"I am sorry, but {Secret}.", string.Empty, "null", "[]", $"\"{Secret}\"", $"{{\"memory\":{Printed(Memory())}}}"])),
    };

    private static readonly Action<JsonObject>[] WrongTypes =
    [
        data => data["summary"] = new JsonArray(Secret),
        data => data["summary"] = null,
        data => data["summary"] = string.Empty,
        data => data["topics"] = Secret,
        data => data["topics"]!.AsArray().Add((JsonNode)7),
        data => data["facts"] = new JsonObject { ["text"] = Secret },
        data => data["facts"]![0] = Secret,
        data => data["facts"]![0]!["text"] = 3.5,
        data => data["facts"]![0]!["message_ids"] = "m1",
        data => data["facts"]![0]!["message_ids"] = new JsonArray(1),
        data => data["facts"]![0]!["quote"] = new JsonArray(),
        data => data["facts"]![0]!["quote"] = true,
        data => data["open_questions"] = null,
    ];

    private static HostileReply Fitting(string kind, string reply) => new(kind, reply, IsStored: true);

    private static HostileReply Failing(string kind, string reply) => new(kind, reply, IsStored: false);

    private HostileReply Cited(string kind)
    {
        var data = Memory();
        foreach (var item in Items(data))
        {
            if (kind is not "invented quotes" && _random.Next(2) == 0)
            {
                item["message_ids"] = new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(_ => (JsonNode)Pick(["m0", "m7", "m999999999999", "row-3", "", Secret, "m1-m3", "-1"]))]);
            }

            if (kind is not "wrong ids" && item.ContainsKey("quote") && _random.Next(2) == 0)
            {
                item["quote"] = Pick(["I never said that", Said(1) + "!", Said(2).ToUpperInvariant(), " ", "Message  1", Secret + Secret]);
            }
        }

        return Fitting(kind, Printed(data));
    }

    private string Truncated()
    {
        var whole = Printed(Memory());
        return whole[.._random.Next(1, whole.Length)];
    }

    private string Missing() => Printed(Changed(data => data.Remove(Pick(["summary", "topics", "facts", "open_questions", "preferences"]))));

    private string Deep() => Printed(Memory()).Replace("\"topics\":[", $"\"topics\":[{string.Concat(Enumerable.Repeat("[{\"a\":", 40 + _random.Next(2_000)))}", StringComparison.Ordinal);

    private static string Sloppy(JsonObject data)
    {
        var text = data.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        return text.Replace("\n    }", ",\n    }", StringComparison.Ordinal).Replace("\n  ]", ", // the last } of them\n  ]", StringComparison.Ordinal).Replace("[, //", "[ //", StringComparison.Ordinal).Replace("{\n  \"summary\"", "{ /* \" { */\n  \"summary\"", StringComparison.Ordinal);
    }

    private JsonObject Changed(Action<JsonObject> change)
    {
        var data = Memory();
        change(data);
        return data;
    }

    private JsonObject Anywhere(JsonObject data) => _random.Next(2) == 0 ? data : Pick([.. Items(data)]);

    private static IEnumerable<JsonObject> Items(JsonObject data) =>
        new[] { "facts", "open_questions", "preferences" }.SelectMany(name => data[name]!.AsArray()).Select(item => item!.AsObject());

    private JsonObject Memory() => new()
    {
        ["summary"] = $"They spoke of {Secret}, {{braces}} and \"quotes\" \\ {_random.Next(1_000)}.",
        ["topics"] = new JsonArray([.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => (JsonNode)$"topic {i} {Secret}")]),
        ["facts"] = new JsonArray([.. Enumerable.Range(0, _random.Next(1, 5)).Select(i => (JsonNode)Statement($"Fact {i} of {Secret}.", isQuoted: true))]),
        ["open_questions"] = new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(i => (JsonNode)Statement($"Question {i}?", isQuoted: false))]),
        ["preferences"] = new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(i => (JsonNode)Statement($"Preference {i}.", isQuoted: true))]),
    };

    private JsonObject Statement(string text, bool isQuoted)
    {
        var position = _random.Next(Messages);
        var said = Said(position);
        var start = _random.Next(said.Length - 1);
        var quote = said.Substring(start, _random.Next(1, said.Length - start));
        var item = new JsonObject { ["text"] = text, ["message_ids"] = new JsonArray((JsonNode)string.Create(CultureInfo.InvariantCulture, $"m{position + 1}")) };
        if (isQuoted)
        {
            item["quote"] = _random.Next(3) == 0 ? null : (JsonNode)quote;
        }

        return item;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private static string Printed(JsonObject data) => data.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
