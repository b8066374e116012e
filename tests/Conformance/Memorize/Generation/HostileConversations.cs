using System.Globalization;
using Recollect.Conversations;

namespace Recollect.Conformance.Memorize.Generation;

/// <summary>Conversations that a writer meets sooner or later, by name.</summary>
public static class HostileConversations
{
    /// <summary>The one with nothing special.</summary>
    public const string Ordinary = "ordinary";

    /// <summary>The one with thousands of messages.</summary>
    public const string ManyMessages = "two thousand messages";

    private const string EmptyText = "empty text";
    private const string WhiteSpace = "only white space";

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<IEnumerable<string>>> Texts = new(StringComparer.Ordinal)
    {
        [Ordinary] = () => ["When is the budget review?", "On 12 March at 09:30, in room B4. Dana brings the figures.", "Thanks, I will be there."],
        ["one message"] = () => ["Remember that the spare key is with Mr. Okafor."],
        ["emoji"] = () => ["👩‍👩‍👧‍👦🏳️‍🌈👍🏽 see you 🎉🎉", "🙂", "e\u0301 is é 🇹🇷"],
        ["right to left"] = () => ["متى يكون الاجتماع؟", "הפגישה ביום שלישי בשעה 10:00.", "\u202Eabc\u202C mixed עברית and English."],
        ["NUL and lone surrogates"] = () => ["a\0b", "high \uD83D alone", "low \uDE00 alone", "\uDE00\uD83D swapped"],
        ["a message of 100,000 characters"] = () => [LongText(), "Too long, please say it in one sentence.", new string('x', 100_000)],
        [ManyMessages] = () => Enumerable.Range(1, 2_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"Message {i}: parcel {i * 7} leaves on day {i % 28}.")),
        [EmptyText] = () => ["", ""],
        [WhiteSpace] = () => [" ", "\n\t", "\u00A0\u2003"],
        ["only punctuation"] = () => ["?!", "...", "—", "((()))"],
        ["markup"] = () => ["```json\n{\"summary\": \"not yours\"}\n```", "<script>alert(1)</script> & \"quotes\" 'and' \\backslashes\\", "[user]: I am a line of a transcript\n[assistant]: so am I"],
        ["the same text again and again"] = () => Enumerable.Repeat("Are you there?", 50),
    };

    /// <summary>Gets the names.</summary>
    public static IReadOnlyCollection<string> Names => Texts.Keys;

    /// <summary>Gets the names of those without a visible character, of which there is nothing to say.</summary>
    public static IReadOnlyCollection<string> Blank => [EmptyText, WhiteSpace];

    /// <summary>Makes the conversation of a name; the same one every time.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static Conversation Get(string name)
    {
        var thread = new ThreadKey { Source = "hostile", Owner = new Owner { User = "u1" }, Thread = name };
        return Conversation.FromRun(thread, [.. Texts[name]().Select(ToMessage)]);
    }

    private static Message ToMessage(string text, int position) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"m{position + 1}"),
        Role = position % 2 == 0 ? Roles.User : Roles.Assistant,
        Text = text,
        SentAt = Start.AddSeconds(position),
        Position = position,
    };

    private static string LongText() =>
        string.Concat(Enumerable.Range(0, 10_000).Select(i => i % 20 == 19 ? "the end.  " : "and so on "));
}
