using System.Buffers;

namespace Recollect.Conversations;

/// <summary>Makes text safe to store anywhere: every store, index and wire keeps what this returns exactly.</summary>
internal static class WellFormedText
{
    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Suspects = SearchValues.Create(SuspectCharacters());

    /// <summary>Replaces NUL and lone surrogates by U+FFFD; other text is returned as the same instance.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        var at = text.AsSpan().IndexOfAny(Suspects);
        return at < 0 || IsWellFormed(text.AsSpan(at)) ? text : Repair(text);
    }

    /// <summary>Does the same to names and values; of names that become equal the last one's value stands.</summary>
    /// <param name="texts">Any texts by name.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> texts)
    {
        if (texts.All(pair => ReferenceEquals(Of(pair.Key), pair.Key) && ReferenceEquals(Of(pair.Value), pair.Value)))
        {
            return texts;
        }

        var repaired = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in texts)
        {
            repaired[Of(name)] = Of(value);
        }

        return repaired;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !IsPairAt(text, i++)))
            {
                return false;
            }
        }

        return true;
    }

    private static string Repair(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            if (char.IsSurrogate(source[i]) && IsPairAt(source, i))
            {
                span[i] = source[i];
                span[i + 1] = source[++i];
            }
            else
            {
                span[i] = source[i] == '\0' || char.IsSurrogate(source[i]) ? Replacement : source[i];
            }
        }
    });

    private static bool IsPairAt(ReadOnlySpan<char> text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);

    private static string SuspectCharacters() =>
        string.Create(1 + 0x800, 0, static (span, _) =>
        {
            span[0] = '\0';
            for (var i = 0; i < 0x800; i++)
            {
                span[i + 1] = (char)(0xD800 + i);
            }
        });
}
